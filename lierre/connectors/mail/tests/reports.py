"""Messages as servers write them, each in its own way. Everything in them is invented."""

from email.message import EmailMessage

TOKEN_TO = "{to}"


def report(*, sender: str, subject: str, words: str, status: str, to: str, kind: str = "delivery-status") -> bytes:
    """As RFC 3464 says it, which Postfix, Exchange, Exim and Sendmail follow."""
    lines = [
        f"From: {sender}", f"To: {to}", f"Subject: {subject}", "Auto-Submitted: auto-replied",
        "Message-ID: <20261126101500.1@mx.courriel.example>", "MIME-Version: 1.0",
        f'Content-Type: multipart/report; report-type={kind}; boundary="b"', "", "--b",
        "Content-Type: text/plain; charset=utf-8", "", words, "", "--b", f"Content-Type: message/{kind}", "",
        status.strip(), "", "--b--", "",
    ]  # fmt: skip
    return "\r\n".join("\r\n".join(line.split("\n")) for line in lines).encode()


def postfix(to: str) -> bytes:
    return report(
        sender="MAILER-DAEMON@mx.courriel.example (Mail Delivery System)", subject="Undelivered Mail Returned to Sender",
        to=to, words="This is the mail system at host mx.courriel.example.",
        status=(
            "Reporting-MTA: dns; mx.courriel.example\nX-Postfix-Queue-ID: 4F2\nArrival-Date: Thu, 26 Nov 2026 10:15:00 +0100\n"
            "\nFinal-Recipient: rfc822; nolwenn@perdu.example\nOriginal-Recipient: rfc822;nolwenn@perdu.example\n"
            "Action: failed\nStatus: 5.1.1\nRemote-MTA: dns; mx.perdu.example\n"
            "Diagnostic-Code: smtp; 550 5.1.1 <nolwenn@perdu.example>: Recipient address rejected:\n User unknown"
        ),
    )  # fmt: skip


def exchange(to: str) -> bytes:
    """A refusal by a rule (5.7.x) which says by a code of its own that nobody lives there; in French."""
    return report(
        sender="Microsoft Outlook <MicrosoftExchange329e71ec@perdu.example>", subject="Non remis : Toujours archiviste ?",
        to=to, words="Échec de la remise pour ces destinataires.",
        status=(
            "Reporting-MTA: dns;EX01.perdu.example\nReceived-From-MTA: dns;mx.ubn.example\n\n"
            "Final-recipient: RFC822;nolwenn@perdu.example\nAction: failed\nStatus: 5.1.10\n"
            "Diagnostic-code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup"
        ),
    )  # fmt: skip


def full(to: str) -> bytes:
    return report(
        sender="postmaster@courriel.example", subject="Delivery Status Notification (Failure)", to=to, words="Full.",
        status=(
            "Reporting-MTA: dns; mx.courriel.example\n\nFinal-Recipient: rfc822; nolwenn@courriel.example\n"
            "Action: failed\nStatus: 5.2.2\nDiagnostic-Code: smtp; 552 5.2.2 The email account is over quota"
        ),
    )  # fmt: skip


def late(to: str) -> bytes:
    return report(
        sender="MAILER-DAEMON@mx.courriel.example", subject="Delayed Mail (still being retried)", to=to, words="Wait.",
        status=(
            "Reporting-MTA: dns; mx.courriel.example\n\nFinal-Recipient: rfc822; nolwenn@courriel.example\n"
            "Action: delayed\nStatus: 4.4.1\nWill-Retry-Until: Mon, 30 Nov 2026 10:15:00 +0100"
        ),
    )  # fmt: skip


def exim(to: str) -> bytes:
    """The older Exim: no machine-readable part, the recipient in a header."""
    message = EmailMessage()
    message["Return-Path"] = "<>"
    message["X-Failed-Recipients"] = "nolwenn@perdu.example"
    message["Auto-Submitted"] = "auto-replied"
    message["From"] = "Mail Delivery System <Mailer-Daemon@mx.perdu.example>"
    message["To"] = to
    message["Subject"] = "Mail delivery failed: returning message to sender"
    message.set_content(
        "This message was created automatically by mail delivery software.\n\n"
        "A message that you sent could not be delivered to one or more of its recipients.\n\n"
        "  nolwenn@perdu.example\n    host mx.perdu.example: 550 No such user here\n"
    )
    return message.as_bytes()


def absent(to: str) -> bytes:
    """Someone on leave: their own address answers, and it works."""
    message = EmailMessage()
    message["Return-Path"] = "<>"
    message["From"] = "Nolwenn Le Ster <nolwenn@courriel.example>"
    message["To"] = to
    message["Subject"] = "Réponse automatique : absence du bureau"
    message["Auto-Submitted"] = "auto-replied"
    message.set_content(
        "Bonjour, je suis absente jusqu’au 3 décembre et ne pourrai pas vous répondre avant. 550 merci !"
    )
    return message.as_bytes()


def letter(to: str) -> bytes:
    """Someone answers by hand, and speaks of a failure."""
    message = EmailMessage()
    message["From"] = "nolwenn@courriel.example"
    message["To"] = to
    message["Subject"] = "Re: Toujours archiviste ?"
    message.set_content("Votre dernier message est non remis, undelivered comme on dit. Oui, toujours !")
    return message.as_bytes()
