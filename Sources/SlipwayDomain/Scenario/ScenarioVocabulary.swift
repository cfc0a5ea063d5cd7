/// A place the scenario's lorries know.
struct ScenarioCity: Sendable {
    let name: String
    let slug: String
    let country: String
    let latitude: Double
    let longitude: Double
}

/// The words the scenario's rows are made of.
enum ScenarioVocabulary {
    static let cities = [
        ScenarioCity(name: "Львів", slug: "lviv", country: "UA", latitude: 49.8397, longitude: 24.0297),
        ScenarioCity(name: "Kraków", slug: "krakow", country: "PL", latitude: 50.0647, longitude: 19.9450),
        ScenarioCity(name: "Київ", slug: "kyiv", country: "UA", latitude: 50.4501, longitude: 30.5234),
        ScenarioCity(name: "Łódź", slug: "lodz", country: "PL", latitude: 51.7592, longitude: 19.4560),
        ScenarioCity(name: "Одеса", slug: "odesa", country: "UA", latitude: 46.4825, longitude: 30.7233),
        ScenarioCity(name: "Wrocław", slug: "wroclaw", country: "PL", latitude: 51.1079, longitude: 17.0385),
        ScenarioCity(
            name: "Івано-Франківськ", slug: "ivano-frankivsk", country: "UA", latitude: 48.9226, longitude: 24.7111),
        ScenarioCity(name: "Gdańsk", slug: "gdansk", country: "PL", latitude: 54.3520, longitude: 18.6466),
        ScenarioCity(name: "Чернівці", slug: "chernivtsi", country: "UA", latitude: 48.2915, longitude: 25.9403),
        ScenarioCity(name: "Rzeszów", slug: "rzeszow", country: "PL", latitude: 50.0412, longitude: 21.9991),
        ScenarioCity(name: "Луцьк", slug: "lutsk", country: "UA", latitude: 50.7472, longitude: 25.3254),
        ScenarioCity(name: "Poznań", slug: "poznan", country: "PL", latitude: 52.4064, longitude: 16.9252),
        ScenarioCity(name: "Харків", slug: "kharkiv", country: "UA", latitude: 49.9935, longitude: 36.2304),
        ScenarioCity(name: "Przemyśl", slug: "przemysl", country: "PL", latitude: 49.7838, longitude: 22.7678),
        ScenarioCity(name: "Ужгород", slug: "uzhhorod", country: "UA", latitude: 48.6208, longitude: 22.2879),
        ScenarioCity(
            name: "Bielsko-Biała", slug: "bielsko-biala", country: "PL", latitude: 49.8224, longitude: 19.0584),
    ]

    static let customers = [
        "Lviv Farma Distribution", "Żabka Hurt Świętokrzyska", "ТОВ «Карпатський ліс»", "Śląskie Zakłady Chłodnicze",
        "ПрАТ «Дніпровська броварня»", "Mleczarnia Łącko", "ФОП Гриценко О. І.", "Hurtownia Ósemka", "Аграрій Полісся",
        "Meble Dąbrowa", "ТОВ «Ґрунт і зерно»", "Apteki Północ",
    ]

    static let contacts = [
        "Żaneta Wójcik", "Оксана Гриценко", "Michał Gąsiorowski", "Їжакевич Євген", "Łukasz Świątek", "Марія Ґудзь",
        "Bożena Kozioł", "Андрій Щербань", "Józef Dąbek", "Зоряна Ющенко",
    ]

    static let cargo = [
        "ліки, 2–8 °C", "nabiał", "меблі у пакуванні", "części samochodowe", "зерно", "papier w rolach",
        "побутова техніка", "świeże owoce",
    ]

    static let subjects = [
        "Коли приїде вантаж?", "Proszę o fakturę", "Zmiana adresu dostawy", "Пошкоджене пакування",
        "Potwierdzenie odbioru CMR", "Температура в дорозі",
    ]

    static let orderStatuses = ["draft", "planned", "in_transit", "delivered", "invoiced"]
    static let driverEvents = ["departed", "position", "position", "position", "border", "rest", "arrived", "signed"]
    static let riskKinds = ["delay", "temperature", "border_queue", "late_payment", "missing_document"]
    static let actions = [
        "order.created", "order.updated", "dispatch.planned", "document.sent", "payment.matched", "request.answered",
    ]
    static let currencies = ["PLN", "PLN", "UAH", "EUR"]
    static let methods = ["transfer", "transfer", "card", "split_payment"]
}
