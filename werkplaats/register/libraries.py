"""The register's entries for the tables of libraries: these cannot carry their own."""

from werkplaats.register.entries import Entry, Purpose, Term, by_user, of_an_account, of_the_site

TABLES = {
    "account.EmailAddress": Entry(
        what="bevestigde e-mailadressen",
        purpose=Purpose.ACCOUNTS,
        term=Term.ACCOUNTS,
        personal={"user": "account", "email": "e-mailadres"},
        of=(by_user("user"),),
    ),
    "account.EmailConfirmation": Entry(
        what="bevestigingen van e-mailadressen",
        purpose=Purpose.ACCOUNTS,
        term=Term.ACCOUNTS,
        personal={"key": "sleutel"},
        of=(by_user("email_address__user"),),
        secret=("key",),
    ),
    "mfa.Authenticator": Entry(
        what="tweede factoren van de staf",
        purpose=Purpose.ACCOUNTS,
        term=Term.ACCOUNTS,
        personal={"user": "account", "data": "geheim van de app of sleutel"},
        of=(by_user("user"),),
        secret=("data",),
        only_staff=True,
    ),
    "werkplaats.User_groups": of_an_account("groepen van de staf", Purpose.ACCOUNTS, Term.ACCOUNTS, only_staff=True),
    "werkplaats.User_user_permissions": of_an_account(
        "rechten van de staf", Purpose.ACCOUNTS, Term.ACCOUNTS, only_staff=True
    ),
    "pghistory.Context": Entry(
        what="wie een wijziging deed",
        purpose=Purpose.KEEPING,
        term=Term.AUDIT,
        personal={"id": "nummer van het verzoek", "metadata": "account en adres van de pagina"},
        of=(by_user("metadata__user"),),
    ),
    "procrastinate.ProcrastinateJob": Entry(
        what="taken die wachten, zoals het versturen van een mail: alleen nummers, geen adressen",
        purpose=Purpose.KEEPING,
        term=Term.JOBS,
        personal={"args": "nummers van rijen"},
        plain=("queue_name", "task_name", "lock", "queueing_lock"),
    ),
    "procrastinate.ProcrastinatePeriodicDefer": of_the_site("task_name", "periodic_id"),
    "admin.LogEntry": Entry(
        what="het logboek van het beheer",
        purpose=Purpose.KEEPING,
        term=Term.AUDIT,
        personal={"user": "account", "object_id": "nummer", "object_repr": "waarover", "change_message": "wat"},
        of=(by_user("user"),),
        unsaid=("object_id",),
        only_staff=True,
    ),
    "auth.Permission": of_the_site("name", "codename"),
    "auth.Group": of_the_site("name"),
    "contenttypes.ContentType": of_the_site("app_label", "model"),
    "sessions.Session": Entry(
        what="sessies van wie inlogt",
        purpose=Purpose.ACCOUNTS,
        term=Term.SESSIONS,
        personal={"session_key": "nummer van de sessie", "session_data": "account, en wat een formulier onthield"},
    ),
}
