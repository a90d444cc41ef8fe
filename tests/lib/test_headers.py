import pytest
from django.test import Client

from tests.people import Person


def test_every_answer_says_what_browsers_may_not_do(client: Client) -> None:
    answer = client.get("/favicon.ico")

    assert "camera=()" in answer["Permissions-Policy"]
    assert "fullscreen=(self)" in answer["Permissions-Policy"]
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert "script-src 'self';" in answer["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


@pytest.mark.django_db
def test_the_admin_has_a_policy_of_its_own(client: Client, operator: Person) -> None:
    client.force_login(operator.user)

    answer = client.get("/admin/")

    assert answer.status_code == 200
    policy = answer["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in policy
    assert "object-src 'none'" in policy
    assert "default-src 'self'" in policy
