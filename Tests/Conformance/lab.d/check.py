"""Asks the lab as programs of others ask Microsoft: check.py FOLDER, where the lab's words and certificates are."""

import asyncio
import re
import sys
from pathlib import Path
from urllib.parse import urlparse, urlunparse

import httpx
import msal
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from msgraph_core import GraphClientFactory

LOGIN = "https://login.microsoftonline.com"
SCOPES = ["https://graph.microsoft.com/.default"]
SECRET = "s3cret:&=+ü"
LABEL = "x-slipway-lab"
STRANGER = "00000000-0000-4000-8000-000000000000"


class Wrong(Exception):
    pass


def expect(is_so, text):
    if not is_so:
        raise Wrong(text)


class Answer:
    """The lab's answer to msal, with Microsoft's address where the lab wrote its own: msal takes https alone."""

    def __init__(self, answer, base):
        self.status_code = answer.status_code
        self.headers = answer.headers
        self.text = answer.text.replace(f"{base}/microsoft", LOGIN)

    def raise_for_status(self):
        if self.status_code >= 400:
            raise Wrong(f"{self.status_code} {self.text[:200]}")


class Wire:
    """Carries msal's requests for Microsoft's login to the lab instead, unchanged but for the address."""

    def __init__(self, base):
        self.base = urlparse(base)
        self.session = requests.Session()
        self.session.trust_env = False

    def address(self, url):
        expect(url.startswith(LOGIN + "/"), f"msal wants to leave the lab for {url}")
        parts = urlparse(url)
        return urlunparse(
            parts._replace(scheme=self.base.scheme, netloc=self.base.netloc, path="/microsoft" + parts.path)
        )

    def send(self, method, url, params=None, data=None, headers=None, **_):
        answer = self.session.request(
            method, self.address(url), params=params, data=data, headers=headers, timeout=30, allow_redirects=False
        )
        expect(LABEL in answer.headers, f"{url} is not labelled as the lab's")
        return Answer(answer, self.base.geturl())

    def get(self, url, **more):
        return self.send("GET", url, **more)

    def post(self, url, **more):
        return self.send("POST", url, **more)

    def close(self):
        self.session.close()


class Check:
    def __init__(self, folder):
        self.folder = folder
        words = (folder / "lab.out").read_text(encoding="utf-8")
        self.base = re.search(r"faults: (http://[0-9.]+:[0-9]+)/lab/faults", words)[1]
        self.client = re.search(r"client id (\S+)", words)[1]
        self.tenants = re.findall(r"tenant (\S{36}) ", words)
        self.wire = Wire(self.base)

    def sign_in(self, credential, tenant=None, client=None):
        application = msal.ConfidentialClientApplication(
            client or self.client,
            client_credential=credential,
            authority=f"{LOGIN}/{tenant or self.tenants[0]}",
            instance_discovery=False,
            http_client=self.wire,
        )
        return application.acquire_token_for_client(SCOPES)

    def certificate(self, name, key=None):
        pem = (self.folder / f"{name}.pem").read_text()
        return {"private_key": (self.folder / f"{key or name}.key").read_text(), "public_certificate": pem}

    def old_certificate(self, name):
        pem = (self.folder / f"{name}.pem").read_bytes()
        print_ = x509.load_pem_x509_certificate(pem).fingerprint(hashes.SHA1()).hex()
        return {"private_key": (self.folder / f"{name}.key").read_text(), "thumbprint": print_}

    def signs_in(self):
        good = {
            "secret": SECRET,
            "certificate (PS256, SHA-256)": self.certificate("registered"),
            "certificate (RS256, SHA-1)": self.old_certificate("registered"),
        }
        for name, credential in good.items():
            answer = self.sign_in(credential)
            expect("access_token" in answer, f"by {name}: {answer.get('error_description')}")
            expect(answer["expires_in"] == 3599, f"by {name}: a token of {answer['expires_in']} seconds")
            print(f"lab: msal signs in by {name}", flush=True)
        return answer["access_token"]

    def is_refused(self):
        cases = [
            ("a wrong secret", "bad", {}, 7000215),
            ("an expired secret", "lab-expired-secret", {}, 7000222),
            ("a certificate nobody registered", self.certificate("stranger"), {}, 700027),
            ("another key than the certificate's", self.certificate("registered", "stranger"), {}, 700027),
            ("an unknown application", SECRET, {"client": STRANGER}, 700016),
        ]
        for name, credential, more, code in cases:
            answer = self.sign_in(credential, **more)
            expect(answer.get("error_codes") == [code], f"{name} gets {answer.get('error_description', 'a token')}")
        try:
            self.sign_in(SECRET, tenant=STRANGER)
        except ValueError as error:
            expect("AADSTS90002" in str(error), f"an unknown tenant: {error}")
        else:
            raise Wrong("an unknown tenant is known")
        print("lab: msal is refused with the code of each reason", flush=True)

    async def walks(self, token):
        root = f"{self.base}/microsoft/v1.0"
        plain = httpx.AsyncClient(
            headers={"Authorization": f"Bearer {token}"}, timeout=60, trust_env=False
        )
        async with GraphClientFactory.create_with_default_middleware(client=plain) as client:
            graph = Graph(client, root)
            await graph.lists_groups()
            await graph.follows_changes()
            await graph.is_told_to_start_over(self.base)
            await graph.waits_when_told(self.base)
            await graph.reads_the_rest()


class Graph:
    def __init__(self, client, root):
        self.client = client
        self.root = root

    async def ask(self, method, url, status=200, **more):
        answer = await self.client.request(method, url if "://" in url else f"{self.root}/{url}", **more)
        expect(answer.status_code == status, f"{method} {url}: {answer.status_code} {answer.text[:200]}")
        expect(LABEL in answer.headers, f"{url} is not labelled as the lab's")
        expect("request-id" in answer.headers, f"{url} has no request-id")
        return answer.json() if answer.content else None

    async def walk(self, url, **more):
        pages = []
        while True:
            page = await self.ask("GET", url, **more)
            pages.append(page["value"])
            if "@odata.nextLink" not in page:
                return pages, page.get("@odata.deltaLink")
            url = page["@odata.nextLink"]

    async def lists_groups(self):
        pages, _ = await self.walk("groups?$top=999&$select=id,displayName")
        expect([len(page) for page in pages] == [999, 501], f"pages of {[len(page) for page in pages]}")
        self.groups = {row["id"]: row["displayName"] for page in pages for row in page}
        expect(len(self.groups) == 1500, f"{len(self.groups)} groups")
        print("lab: 1500 groups come in 2 pages", flush=True)

    async def follows_changes(self):
        pages, delta = await self.walk(
            "groups/delta?$select=displayName", headers={"Prefer": "odata.maxpagesize=500"}
        )
        rows = {row["id"]: row["displayName"] for page in pages for row in page}
        expect(rows == self.groups, "a first delta is not the list")
        changed, gone = list(rows)[7], list(rows)[1400]
        await self.ask("PATCH", f"groups/{changed}", 204, json={"displayName": "Змінено"})
        await self.ask("DELETE", f"groups/{gone}", 204)
        body = {"displayName": "Créé", "mailEnabled": False, "mailNickname": "cree", "securityEnabled": True}
        made = await self.ask("POST", "groups", 201, json=body)
        pages, self.delta = await self.walk(delta)
        told = {row["id"]: row for page in pages for row in page}
        expect(set(told) == {changed, gone, made["id"]}, f"changes of {set(told)}")
        expect(told[changed]["displayName"] == "Змінено", "the new name is not told")
        expect(told[gone]["@removed"] == {"reason": "changed"}, "what went is not told")
        print("lab: a delta tells one change, one removal and one addition, and nothing else", flush=True)

    async def is_told_to_start_over(self, base):
        expect((await self.client.post(f"{base}/microsoft/lab/forget-changes")).status_code == 204, "cannot forget")
        answer = await self.ask("GET", self.delta, 410)
        expect(answer["error"]["code"] == "syncStateNotFound", f"{answer}")
        expect("request-id" in answer["error"]["innerError"], f"{answer}")
        print("lab: a delta that is forgotten is gone", flush=True)

    async def waits_when_told(self, base):
        fault = {"fault": "too_many_requests", "path": "/microsoft/v1.0/groups", "count": 2}
        expect((await self.client.post(f"{base}/lab/faults", json=fault)).status_code == 200, "no fault")
        await self.ask("GET", "groups?$top=1")
        left = (await self.client.get(f"{base}/lab/faults")).json()["faults"]
        expect(left == [], f"msgraph-core did not come again after 429: {left} is left")
        print("lab: msgraph-core comes again after 429 and its pause", flush=True)

    async def reads_the_rest(self):
        for path in [
            "organization",
            "roleManagement/directory/roleDefinitions",
            "servicePrincipals?$filter=appId eq '00000003-0000-0000-c000-000000000000'",
            "identity/conditionalAccess/policies",
        ]:
            expect((await self.ask("GET", path))["value"], f"{path} is empty")
        await self.ask("GET", "policies/authorizationPolicy")
        answer = await self.ask("GET", f"groups/{STRANGER}", 404)
        expect(answer["error"]["code"] == "Request_ResourceNotFound", f"{answer}")
        print("lab: the organization, roles, applications and policies are there", flush=True)


def main():
    check = Check(Path(sys.argv[1]))
    try:
        token = check.signs_in()
        check.is_refused()
        asyncio.run(check.walks(token))
    except Wrong as wrong:
        sys.exit(f"lab: {wrong}")


main()
