import Testing

/// Everything that runs the real program. One at a time: two busy cores would only make them wait for each other.
@Suite("The whole program", .serialized, .timeLimit(.minutes(5)))
enum Whole {}
