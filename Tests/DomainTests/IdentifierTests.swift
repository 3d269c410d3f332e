import Domain
import Testing

@Suite struct IdentifierTests {
    @Test func theWorkedExampleIsAValidGstin() throws {
        let gstin = try Gstin("09AAFHH6756K1ZQ")
        #expect(gstin.panText == "AAFHH6756K")
        #expect(gstin.stateCode == "09")
    }

    @Test func lowerCaseAndOuterBlanksAreForgiven() throws {
        #expect(try Gstin(" 09aafhh6756k1zq\t").text == "09AAFHH6756K1ZQ")
        #expect(try Pan("aafhh6756k ").text == "AAFHH6756K")
    }

    @Test func aWrongCheckCharacterIsNamedWithTheRightOne() {
        #expect(throws: IdentifierProblem.checkCharacter(expected: "Q", found: "A")) { try Gstin("09AAFHH6756K1ZA") }
    }

    @Test func everySingleMistypedCharacterIsNoticed() {
        let valid = Array("09AAFHH6756K1ZQ")
        for index in valid.indices {
            for replacement in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ" where replacement != valid[index] {
                var mistyped = valid
                mistyped[index] = replacement
                #expect(throws: IdentifierProblem.self) { try Gstin(String(mistyped)) }
            }
        }
    }

    @Test func aStateThatDoesNotExistIsRefused() {
        #expect(throws: IdentifierProblem.unknownState("40")) { try Gstin("40AAFHH6756K1ZQ") }
    }

    @Test(arguments: ["AAFHH6756", "AAFHH67566", "1AFHH6756K", "AAFHH6756KK", ""])
    func textsThatAreNoPanAreRefused(text: String) {
        #expect(throws: IdentifierProblem.self) { try Pan(text) }
    }

    @Test func theFourthLetterOfAPanNamesItsHolder() throws {
        #expect(try Pan("AAFHH6756K").holder == "Hindu undivided family")
        #expect(try Pan("AAAEE1234K").holder == nil)
    }

    @Test func anIncomeTaxIdentityIsAPanOrATan() throws {
        #expect(try PortalIdentity(.incomeTax, "AAFHH6756K").kind == "pan")
        #expect(try PortalIdentity(.incomeTax, "DELA12345B").kind == "tan")
        #expect(throws: IdentifierProblem.self) { try PortalIdentity(.traces, "AAFHH6756K") }
    }

    @Test func returnPeriodsAreMonthsOfGst() throws {
        #expect(try ReturnPeriod("062026").description == "062026")
        #expect(try ReturnPeriod("122025") < ReturnPeriod("012026"))
        for text in ["132026", "002026", "062016", "6 2026", "20260"] {
            #expect(throws: IdentifierProblem.self) { try ReturnPeriod(text) }
        }
    }

    @Test func aFinancialYearMustBeTwoYearsThatFollow() throws {
        #expect(try YearPeriod(.financialYear, "2024-25").description == "FY 2024-25")
        #expect(try YearPeriod(.assessmentYear, "1999-00").startYear == 1999)
        #expect(throws: IdentifierProblem.self) { try YearPeriod(.taxYear, "2024-26") }
    }
}
