/// The words that stood-in directories are made of.
enum DirectoryVocabulary {
    static let organisations = [
        "Верф «Північна»", "Chantiers de l'Atlantique Sud", "Дунайське пароплавство", "Société navale d'Évreux",
        "Порт Їжаківка", "Ateliers Œuvre & Fils",
    ]

    static let teams = [
        "Бухгалтерія", "Équipe d'exploitation", "Диспетчерська", "Ressources humaines", "Охорона праці",
        "Contrôle qualité", "Зварювальники", "Bureau d'études", "Юридичний відділ", "Maîtrise d'œuvre",
    ]

    static let places = [
        "Київ", "Nantes", "Львів", "Saint-Étienne", "Одеса", "Besançon", "Чернівці", "Orléans", "Щастя", "Nîmes",
    ]

    static let purposes = [
        "Доступ до спільних тек відділу", "Accès aux dossiers partagés de l'équipe", "Розсилка змін у графіку",
        "Liste de diffusion des relèves", "Тимчасова група на час ремонту доку", "Habilitations du quai n° 3",
    ]
}
