"""Operators' pages for accounts."""

from typing import Any

from allauth.core import context
from django import forms
from django.contrib import admin
from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import display
from unfold.forms import AdminPasswordChangeForm, UserChangeForm
from unfold.widgets import UnfoldAdminEmailInputWidget, UnfoldAdminIntegerFieldWidget

from accounts import sessions, signals
from accounts.invitations import link_of
from accounts.models import AccessToken, Invitation, Plan, Profile, User
from accounts.profiles import limit_of
from accounts.services.change_plan import change_plan
from accounts.services.erase_account import ERASED, erase_account
from accounts.services.invite import MOST_DAYS, USUAL_DAYS, invite


class UserCreationForm(AdminUserCreationForm):
    """A new account: address and password."""

    class Meta:
        model = User
        fields = ("email",)
        widgets = {"email": UnfoldAdminEmailInputWidget}

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).casefold()


class ProfileForm(forms.ModelForm):
    """A profile by hand, with the rules that people's own changes go by."""

    class Meta:
        model = Profile
        fields = "__all__"  # noqa: DJ007 - the pages name them

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if "maturity_limit" in values:
            is_kids = values.get("is_kids", self.instance.is_kids)
            values["maturity_limit"] = limit_of(values["maturity_limit"], is_kids=is_kids)
        return values


class NewPasswordForm(AdminPasswordChangeForm):
    """A password that an operator gives: whoever was signed in with the old one no longer is."""

    def save(self, commit: bool = True) -> User:
        user: User = super().save(commit=commit)
        sessions.after_new_password(user, context.request)
        return user


class ProfileInline(TabularInline):
    model = Profile
    form = ProfileForm
    fields = ("name", "is_kids", "maturity_limit", "language", "has_pin")
    readonly_fields = ("has_pin",)
    extra = 0
    show_change_link = True

    @admin.display(boolean=True, description="PIN")
    def has_pin(self, profile: Profile) -> bool:
        return profile.has_pin


@admin.register(User)
class UserAdmin(DjangoUserAdmin, ModelAdmin):
    form = UserChangeForm
    add_form = UserCreationForm
    change_password_form = NewPasswordForm
    ordering = ("email",)
    list_display = ("email", "plan", "is_staff", "is_active", "created_at", "last_login")
    list_filter = ("is_staff", "is_active", "plan")
    list_select_related = ("plan",)
    search_fields = ("email", "profiles__name")
    readonly_fields = ("created_at", "last_login", "erases_at")
    filter_horizontal = ("groups", "user_permissions")
    inlines = (ProfileInline,)
    fieldsets = (
        (None, {"fields": ("email", "password", ("plan", "plan_until"))}),
        (
            "What they may do",
            {"fields": ("is_active", "is_staff", "is_superuser", "groups", "user_permissions")},
        ),
        ("When", {"fields": ("created_at", "last_login", "erases_at")}),
    )
    add_fieldsets = (
        (None, {"classes": ("wide",), "fields": ("email", "usable_password", "password1", "password2")}),
    )

    def save_model(self, request: HttpRequest, user: User, form: Any, change: bool) -> None:
        plan, until = user.plan, user.plan_until
        if change:
            # The plan goes by the service, so that who listens hears of it.
            stored = User.objects.select_related("plan").get(pk=user.pk)
            user.plan, user.plan_until = stored.plan, stored.plan_until
        super().save_model(request, user, form, change)
        if change:
            change_plan(user_id=user.pk, plan=plan, until=until)
        else:
            signals.tell_made(user)

    def log_deletions(self, request: HttpRequest, queryset: "QuerySet[User]") -> Any:
        """Says who erased, and not whom."""
        assert isinstance(request.user, User)
        return [
            LogEntry.objects.create(
                user=request.user,
                content_type=ContentType.objects.get_for_model(User),
                object_repr=ERASED,
                action_flag=DELETION,
            )
            for _ in queryset
        ]

    def delete_model(self, request: HttpRequest, user: User) -> None:
        erase_account(user_id=user.pk)

    def delete_queryset(self, request: HttpRequest, queryset: "QuerySet[User]") -> None:
        for key in queryset.values_list("pk", flat=True):
            erase_account(user_id=key)


@admin.register(Plan)
class PlanAdmin(ModelAdmin):
    list_display = ("name", "max_streams", "max_height", "max_profiles", "downloads", "is_default")
    search_fields = ("name",)


class InvitationForm(forms.ModelForm):
    """Whom to invite, and for how long."""

    days = forms.IntegerField(
        min_value=1,
        max_value=MOST_DAYS,
        initial=USUAL_DAYS,
        widget=UnfoldAdminIntegerFieldWidget,
        help_text="Days that it is good for.",
    )

    class Meta:
        model = Invitation
        fields = ("email", "plan", "makes_operator")
        widgets = {"email": UnfoldAdminEmailInputWidget}

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].casefold()
        if email and User.objects.filter(email__iexact=email).exists():
            raise ValidationError("This address has an account.")
        return email


@admin.register(Invitation)
class InvitationAdmin(ModelAdmin):
    """Invitations are made here; the link is shown once. Deleting one that is open takes it back."""

    form = InvitationForm
    list_display = ("__str__", "state", "plan", "makes_operator", "by", "expires_at", "user")
    list_filter = ("makes_operator", "plan")
    list_select_related = ("plan", "by", "user")
    search_fields = ("email", "user__email", "by__email")

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def get_fields(self, request: HttpRequest, invitation: Invitation | None = None) -> tuple[str, ...]:
        if invitation is not None:
            return ("email", "plan", "makes_operator", "by", "created_at", "expires_at", "used_at", "user")
        # Nobody makes somebody else more than they are themselves.
        may_everything = isinstance(request.user, User) and request.user.is_superuser
        return ("email", "plan", *(("makes_operator",) if may_everything else ()), "days")

    @display(description="State", label={"Open": "info", "Used": "success", "Over": "warning"})
    def state(self, invitation: Invitation) -> str:
        if invitation.used_at:
            return "Used"
        return "Open" if invitation.expires_at > timezone.now() else "Over"

    def save_model(self, request: HttpRequest, invitation: Invitation, form: Any, _change: bool) -> None:
        assert isinstance(request.user, User)
        made, secret = invite(
            by=request.user,
            email=invitation.email,
            plan=invitation.plan,
            makes_operator=invitation.makes_operator,
            days=form.cleaned_data["days"],
        )
        # The form's own row is not saved: it becomes the one that was made.
        for field in Invitation._meta.concrete_fields:
            setattr(invitation, field.attname, getattr(made, field.attname))
        link = link_of(secret)
        address = link if link.startswith("http") else request.build_absolute_uri(link)
        self.message_user(request, f"Send this link; it is shown this once: {address}")


@admin.register(Profile)
class ProfileAdmin(ModelAdmin):
    form = ProfileForm
    list_display = ("name", "user", "is_kids", "maturity_limit", "language", "has_pin", "created_at")
    list_filter = ("is_kids", "language")
    list_select_related = ("user",)
    search_fields = ("name", "user__email")
    autocomplete_fields = ("user",)

    @admin.display(boolean=True, description="PIN")
    def has_pin(self, profile: Profile) -> bool:
        return profile.has_pin


@admin.register(AccessToken)
class AccessTokenAdmin(ModelAdmin):
    """Tokens can be seen and killed here, never made or read."""

    list_display = ("user", "name", "scopes", "active_profile", "created_at", "expires_at")
    list_select_related = ("user", "active_profile")
    search_fields = ("user__email", "name")
    fields = ("user", "name", "scopes", "active_profile", "created_at", "expires_at")
    readonly_fields = fields

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False
