/// An RSA key that was made for tests and protects nothing.
enum SignerSample {
    static let key =
        "MIIEogIBAAKCAQEAuTjuVPLV7KyKZQRDCVQLr4M482VTSmG09X5e9RX8oTX6OhE5Pqno9N30HB8JBwbMS9ZytWU5QLFG8xNaB/rtczs2xpW3mE"
        + "qHLQDQpKftOT4v8XnbfFezGPpa0mcm8/Vt48NnFX2QmlIDalzcWKViK35OowsWtJNdKfAXluEcmTvPPy2ipbowq2m4h1sSoXWw/LGtMPPVgyBz"
        + "NPdPqITqAjPYs3DFhyMFFLM8CjRK6rs3R4lIKue81q4eP+I5mlg4fBjtzebZ2gE2e8Kkh6UcEvJqKhJp8D92x6756L/JYAR2iG5qIb7NAbz8pG"
        + "wH805P+ODJDzD9LUlq/wIh1SZhpQIDAQABAoIBAA/OnQBg7QLSwsjWMUZlhs3GvCCBgDcz2Xat/zqZUsMLUTyNZb5ET9495uxTdbjEysCaH5X9"
        + "eoJb3rs15pQRxRv1bLpL4qw7iAe+LxAuSJ9/ACZyiNm2vlEeZIvaQ8fEJUmvzmdWHPYek64LGL7z9knR8LIXayuj++ptVAYLVh55h+Uzzj1Fp2"
        + "HusQlLeH0O9W9Oev2UMR5g7650JVfCU+LEmjy95RUJQgIpAshZZbMgxSO+c2M6Ult52p+9vBeCahZnJCsR2GUg+FOsRoMjxfzphJMKCMwowEyo"
        + "7YZ81S5GtVmbUvmA2pvYbx7EgFXJRaSxXUnaszU42ds0vQI6ZO0CgYEA7wFca8luZhnA9994feWVCQmf/gQcN/M/0slPGoRRof3eIYIFqGSC3i"
        + "WeoI68E+oUjnAo2NttaPasSrYq+mKsladTwDRVCuYlTmtG2HcnAa51s8/M6FksBv5GOVIDYsXgREV9XQIzvO1XDiZUB09xzvSdm1MS8mkNRLZf"
        + "xvkBonsCgYEAxmSNuhV4NJg/NHVUhCPxBQldGiP0SEN7eAg/z+Yx7KcTcC+JJeF6KOII5HirVuGYr93ZZyHPqinfZs2riX5Rh8nduzUOAtAYQh"
        + "z/VgAvUxJxBLAcaS9g3G3yhBsLglWsG+kbaLhKYe7RW+CQye4TLmaUSV7tVp0NRqQ91LSIYl8CgYA26ickFOoqx2wRB+WVd7SgmPeL08HwERHv"
        + "CpYET7a586ygIlHOeRmglSA3X9RS9wu2FossGG6xGUxI9kY1tYpV8FZL6TpJAMw9kmR6xBXQSxd8Mxivoh19ldrovLFOdoyq4xSE1Eay+A1ykN"
        + "fpvhU2Kfo0gAfwbra/vO+QthHsFQKBgHlUZZi4KJuBwKXEW7u0f2IlJ9skwfCv1ILECMKMdVvVkf26FJYmHx+BnQ6c/axUq5xigOKhuu7GTOoC"
        + "PjYIGrSAsCodeEQgH7XPJhjiZA7Z6GSFj9qELyif1QEVySQcYPVwymJw0oyyETevTt0vzGtEMMvuUhf2VHgvWeELx5zhAoGARaalAnGXKrXWl+"
        + "CcPctRxZFiFmD/94yvTtT4RQ62Dlj5RuRPviVKrZGbpCUlyJwTzAMdSocgVxOnRAMiD+Xf+fb+dW3aFGRWfELa5b6S+owIXSZnlmxtxbnx+Jv6"
        + "VC+j1XS9XCzN95K4JVryFJY56YzQRF79oq5rE2eyHh/8TW8="
}
