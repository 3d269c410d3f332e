/// The words that invented business names are made of.
enum DemoNames {
    struct Trade { var latin: String }

    static let families = [
        "Aggarwal", "Bansal", "Bhattacharya", "Chatterjee", "Chauhan", "Deshpande", "Dhillon", "D'Souza", "Gaikwad",
        "Ghosh", "Gowda", "Goyal", "Gupta", "Iyer", "Jadhav", "Jain", "Joshi", "Kapoor", "Khan", "Khandelwal",
        "Kulkarni", "Mahajan", "Malhotra", "Mehta", "Menon", "Mishra", "Mukherjee", "Naidu", "Nair", "Pandey",
        "Patel", "Patil", "Pillai", "Raghavan", "Rao", "Rastogi", "Reddy", "Saxena", "Shah", "Sharma", "Shetty",
        "Sinha", "Srinivasan", "Subramaniam", "Thakur", "Tiwari", "Trivedi", "Varghese", "Verma", "Yadav",
    ]

    static let trades = [
        "Agro Foods", "Auto Components", "Bearings", "Books & Stationery", "Cement Agency", "Ceramics", "Chemicals",
        "Cold Storage", "Cottons", "Dairy", "Electricals", "Engineering Works", "Enterprises", "Exports",
        "Fabrication", "Foods", "Furnishings", "Garments", "Hardware", "Hospitality", "Infotech", "Jewellers",
        "Logistics", "Metals", "Oil Mills", "Packaging", "Paints", "Pharma Distributors", "Plastics", "Polymers",
        "Printers", "Rice Mill", "Roadlines", "Sarees", "Seeds", "Solar", "Spices", "Steel", "Surgicals", "Textiles",
        "Timber", "Tools", "Traders", "Tyres", "Valves", "Wires & Cables",
    ]

    /// Ending and the fourth letter of the PAN that goes with it.
    static let forms: [(ending: String, holder: Character)] = [
        ("Private Limited", "C"), ("& Sons", "F"), ("LLP", "F"), ("& Co", "F"), ("Limited", "C"), ("& Brothers", "F"),
        ("HUF", "H"), ("(Prop.)", "P"), ("Private Limited", "C"), ("Trust", "T"), ("Associates", "A"),
        ("Industries", "C"),
    ]

    /// Names in the script of a state: the text, its Latin initial, the state's code.
    static let scripted: [(name: String, initial: Character, state: String)] = [
        ("श्री गणेश ट्रेडर्स", "G", "09"), ("शर्मा वस्त्र भंडार", "S", "08"), ("अन्नपूर्णा खाद्य उद्योग", "A", "23"),
        ("முருகன் ஸ்டோர்ஸ்", "M", "33"), ("மீனாட்சி ஜவுளி நிறுவனம்", "M", "33"),
        ("శ్రీ వేంకటేశ్వర ట్రేడర్స్", "V", "36"), ("గోదావరి రైస్ మిల్", "G", "37"),
        ("ಮೈಸೂರು ಸಿಲ್ಕ್ ಹೌಸ್", "M", "29"), ("ಕಾವೇರಿ ಎಂಟರ್‌ಪ್ರೈಸಸ್", "K", "29"),
        ("પટેલ એગ્રો ફૂડ્સ", "P", "24"), ("ગિરનાર સિરામિક્સ", "G", "24"),
    ]

    static let states = [
        "27", "24", "29", "33", "07", "09", "36", "19", "06", "08", "32", "23", "37", "03", "10", "21",
    ]

    static let towns = [
        "Nashik", "Surat", "Hubli", "Erode", "Rohini", "Kanpur", "Warangal", "Howrah", "Panipat", "Kota", "Kochi",
        "Indore", "Guntur", "Ludhiana", "Gaya", "Cuttack", "Aligarh", "Rajkot", "Salem", "Thane",
    ]

    static let groups = ["Retail", "Manufacturing", "Services", "Exporters", "Transport", ""]

    /// TAN areas: city code and the state that it lies in.
    static let tanAreas = ["MUM", "DEL", "BLR", "CHE", "AHM", "HYD", "CAL", "PNE", "KNP", "JPR", "CHN", "BPL"]
}
