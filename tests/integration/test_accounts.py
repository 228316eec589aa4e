"""/accounts/: signing in and out, passwords, and one's own page."""

import re
import time

import pytest
from django.test import Client

from tests.people import PASSWORD, Cast, as_, make_person
from tests.post import delivered
from workspaces.models import Person

WRONG = "The email address or the password is not right."


def sign_in(client: Client, email: str, password: str = PASSWORD) -> str:
    response = client.post("/accounts/login/", {"login": email, "password": password})
    return response["Location"] if response.status_code == 302 else response.content.decode()


def test_it_works(cast: Cast) -> None:
    client = Client()
    assert "Sign in" in client.get("/accounts/login/").content.decode()
    assert sign_in(client, "Amara@Marlbeck.example") == "/"
    html = client.get("/accounts/email/").content.decode()
    assert "Amara Okafor" in html
    assert "amara@marlbeck.example" in html
    assert "Marlbeck Urgent Care" in html


def test_eve_gets_404(cast: Cast) -> None:
    """[WS1] What Eve may see of accounts is her own."""
    html = as_(cast.eve).get("/accounts/email/").content.decode()
    assert "Marlbeck Urgent Care" not in html
    assert "Thornby Surgery" in html


def test_a_wrong_password_and_an_unknown_address_sound_the_same(cast: Cast) -> None:
    assert WRONG in sign_in(Client(), cast.amara.email, "wrong")
    assert WRONG in sign_in(Client(), "nobody@marlbeck.example", "wrong")


def test_an_empty_form_says_what_to_enter(cast: Cast) -> None:
    html = sign_in(Client(), "", "")
    assert "Enter your email address." in html
    assert "Enter your password." in html


def test_one_returns_to_the_page_asked_for_and_to_no_other_site(cast: Cast) -> None:
    for wanted, got in (("/accounts/email/", "/accounts/email/"), ("https://evil.example/", "/")):
        facts = {"login": cast.amara.email, "password": PASSWORD, "next": wanted}
        assert Client().post("/accounts/login/", facts)["Location"] == got


def test_five_wrong_passwords_lock_that_account(cast: Cast) -> None:
    """[WS21]"""
    for _ in range(5):
        assert WRONG in sign_in(Client(), cast.amara.email, "wrong")
    locked = sign_in(Client(), cast.amara.email)
    assert "locked for five minutes" in locked
    assert "locked for five minutes" in sign_in(Client(), cast.amara.email.upper(), "wrong")
    assert sign_in(Client(), cast.ben.email) == "/"


def test_the_lock_opens_after_five_minutes(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """[WS21]"""
    for _ in range(5):
        sign_in(Client(), cast.amara.email, "wrong")
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 301)
    assert sign_in(Client(), cast.amara.email) == "/"


def test_right_passwords_do_not_count(cast: Cast) -> None:
    """[WS21]"""
    for _ in range(7):
        assert sign_in(Client(), cast.amara.email) == "/"


def test_the_site_administration_has_no_back_door(cast: Cast) -> None:
    """[WS21]"""
    answer = Client().post("/admin/login/", {"username": cast.amara.email, "password": PASSWORD})
    assert answer["Location"].startswith("/accounts/login/?next=")
    assert as_(cast.amara).get("/admin/login/").status_code == 403


def test_a_closed_account_is_told_so(cast: Cast) -> None:
    cast.dele.is_active = False
    cast.dele.save()
    assert sign_in(Client(), cast.dele.email) == "/accounts/inactive/"
    assert "This account is closed" in Client().get("/accounts/inactive/").content.decode()


def test_signing_out_says_when_the_device_keeps_words(amara: Person) -> None:
    """[FE69] Where the script of another page has found such words and leads here."""
    client = as_(amara)
    warning = "This device keeps words that are not saved"
    assert warning not in client.get("/accounts/logout/").content.decode()
    assert warning in client.get("/accounts/logout/?unsent=yes").content.decode()


def test_signing_out_wipes_the_device(cast: Cast) -> None:
    """[WS20]"""
    client = as_(cast.amara)
    html = client.get("/accounts/logout/").content.decode()
    assert "Unsent edits kept on this device are removed" in html
    assert client.get("/accounts/email/").status_code == 200
    response = client.post("/accounts/logout/")
    assert response["Location"] == "/accounts/login/"
    assert response["Clear-Site-Data"] == '"storage"'
    assert client.get("/accounts/email/").status_code == 302


def test_signing_out_wipes_the_device_even_after_the_session_ran_out(cast: Cast) -> None:
    """[WS20]"""
    response = Client().post("/accounts/logout/")
    assert response.status_code == 302
    assert response["Clear-Site-Data"] == '"storage"'


def test_accounts_cannot_be_made_unasked(cast: Cast) -> None:
    """[WS14]"""
    client = Client()
    assert "Accounts come by invitation" in client.get("/accounts/signup/").content.decode()
    facts = {"email": "x@marlbeck.example", "password1": PASSWORD, "password2": PASSWORD}
    client.post("/accounts/signup/", facts)
    assert not Person.objects.filter(email="x@marlbeck.example").exists()


def test_nobody_takes_another_address(cast: Cast) -> None:
    """[WS22]"""
    client = as_(cast.eve)
    for action in ("action_add", "action_primary"):
        answer = client.post("/accounts/email/", {"email": cast.amara.email, action: ""})
        assert answer.status_code == 405
    cast.eve.refresh_from_db()
    assert cast.eve.email == "eve@marlbeck.example"


def test_a_new_password_by_e_mail(cast: Cast) -> None:
    client = Client()
    client.post("/accounts/password/reset/", {"email": cast.amara.email})
    (letter,) = delivered()
    assert letter.subject == "A new password for coprod"
    assert "Hello Amara Okafor" in letter.body
    link = re.search(r"http://testserver(/\S+)", str(letter.body))
    assert link
    form = client.get(link[1])["Location"]
    assert "Choose a new password" in client.get(form).content.decode()
    facts = {"password1": "quiet-river-stone", "password2": "quiet-river-stone"}
    done = client.post(form, facts, follow=True)
    assert "Your password is changed" in done.content.decode()
    assert sign_in(Client(), cast.amara.email, "quiet-river-stone") == "/"
    assert "does not work any more" in Client().get(link[1]).content.decode()


def test_asking_for_a_password_does_not_tell_who_has_an_account(cast: Cast) -> None:
    """[WS23]"""
    pages = [
        Client().post("/accounts/password/reset/", {"email": email}, follow=True).content.decode()
        for email in (cast.amara.email, "nobody@marlbeck.example")
    ]
    plain = [re.sub(r'value="[^"]+"', "", page) for page in pages]
    assert plain[0] == plain[1]
    assert "Look in your email" in pages[0]
    assert "There is no account with it" in str(delivered()[1].body)


def test_changing_the_password(cast: Cast) -> None:
    client = as_(cast.amara)
    facts = {"oldpassword": "wrong", "password1": "quiet-river-stone", "password2": "quiet-river-stone"}
    assert "not your present password" in client.post("/accounts/password/change/", facts).content.decode()
    facts["oldpassword"] = PASSWORD
    response = client.post("/accounts/password/change/", facts, follow=True)
    assert response.redirect_chain == [("/accounts/email/", 302)]
    assert "Your password is changed" in response.content.decode()


def test_every_page_of_accounts_is_ours(cast: Cast) -> None:
    sunil = make_person("Sunil Mehta")
    sunil.set_unusable_password()
    sunil.save()
    visitor, member, without = Client(), as_(cast.amara), as_(sunil)
    for client, page in (
        (visitor, "login/"),
        (visitor, "signup/"),
        (visitor, "inactive/"),
        (visitor, "password/reset/"),
        (visitor, "password/reset/done/"),
        (visitor, "password/reset/key/done/"),
        (visitor, "password/reset/key/1-nonsense/"),
        (visitor, "confirm-email/"),
        (visitor, "confirm-email/nonsense/"),
        (member, "email/"),
        (member, "logout/"),
        (member, "reauthenticate/"),
        (member, "password/change/"),
        (without, "password/set/"),
    ):
        response = client.get(f"/accounts/{page}")
        html = response.content.decode()
        assert response.status_code == 200, page
        assert "nhsuk-main-wrapper" in html, page
        assert "placeholder=" not in html, page


def test_too_many_tries_get_a_page(cast: Cast) -> None:
    for _ in range(5):
        Client().post("/accounts/password/reset/", {"email": cast.amara.email})
    response = Client().post("/accounts/password/reset/", {"email": cast.amara.email})
    assert response.status_code == 429
    assert "Nothing is lost" in response.content.decode()
