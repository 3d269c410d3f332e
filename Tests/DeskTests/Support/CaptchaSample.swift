import Foundation

/// A captcha as a portal may send it: 124 x 40, A7Km2Q in dark grey with a line across.
enum CaptchaSample {
    static let png = Array(Data(base64Encoded: text.filter { !$0.isWhitespace }) ?? Data())

    private static let text = """
        iVBORw0KGgoAAAANSUhEUgAAAHwAAAAoBAMAAADOL4NsAAAAGFBMVEXw8PDp6ene3t7Nzc29vb2wsLCWlpZoaGgC2swAAAACxklEQVR4
        2u2VwW7cRgyGP2rd83Jm+wCecV5gF/sEaV87QB/ATvwAu5KaQ9KDd4bOpe7Byx4kS/K2gBH0VCAEBpKo+fWTv0gO/LAf9j8zebnuONrC
        H9PRJIWlLyYo3YxMwNX40OzXz/eLr8Zfnu9lsz1/ml03O/XbavMWneFBCa+iEiVsdelJiuTWJC2cI1wCBLXXeeXwUBfxpNPvOerACnhX
        Znb9JzwkbxeeQG3DOubJce5n9mTaXIga06mf4aK1yVhsvCuDxxbBq1dRZAcEvzNAMm2dJEa0nVhjkrWVBRw5P15Ds1fAT/eApDLIPCa7
        bk2iHnpMbnZKva02wYMePqfwqhZu9CR5kUwt/UYpLWySgu5muARKJejjLTS79SiVxDhJDJiEcDKQnEonKaZqEzs3PxHwO1jtapNR8OFN
        cKyKUqzJFANJlNtvv27DlLtcs9nQqIEEPcRIqGDFYJN9722T/GirVDsDCd6atCmqzcEDITbAZsy1SPAWWQESBYnhZ32ogOip4u37sCja
        0kkK2QCpUoxNPq5y6gzgYw71Yw5h658MUIoB/XYMXlJDbUWC2vC/Si8rzt+IakA5yvZ8lO1OT8VAwqCKMbJLDC6Zdek6WO1OA6e3uxh6
        oFSjVCNONWz2IuxVBiS4gynFZE8Zy6t229w9QrVKtQqEm9dDYYB7n6Q1mpSOJslfusy7bb57HHgcQN698+d7QNXG2roCcFuXnua9gYSh
        Ut3N2+r/Mp+8DlDF4KoF6uHBwD+4EfRggJcPPec7X4Z66gx6sEHSa2eEUwH8OFTv8CML+N08C4HDbyO9xdBLlmpw2eRbN3tjunqVrBK1
        zB03wUOtbw1n71Lcj814AQ/68OZs9zalyDDcmsvAuovY3W1aU4FPt6vXm//yr39ckNXuaVqjPf3Z1a9PT19sqex3Hk9Zj3bJ/j1W7T8f
        kX8Dgzhhqunr8vMAAAAASUVORK5CYII=
        """
}
