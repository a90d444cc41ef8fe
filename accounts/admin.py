"""Operators' pages for accounts."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.http import HttpRequest
from unfold.admin import ModelAdmin, TabularInline
from unfold.forms import AdminPasswordChangeForm, UserChangeForm
from unfold.widgets import UnfoldAdminEmailInputWidget

from accounts.models import AccessToken, Plan, Profile, User


class UserCreationForm(AdminUserCreationForm):
    """A new account: address and password."""

    class Meta:
        model = User
        fields = ("email",)
        widgets = {"email": UnfoldAdminEmailInputWidget}

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).casefold()


class ProfileInline(TabularInline):
    model = Profile
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
    change_password_form = AdminPasswordChangeForm
    ordering = ("email",)
    list_display = ("email", "plan", "is_staff", "is_active", "created_at", "last_login")
    list_filter = ("is_staff", "is_active", "plan")
    list_select_related = ("plan",)
    search_fields = ("email", "profiles__name")
    readonly_fields = ("created_at", "last_login")
    filter_horizontal = ("groups", "user_permissions")
    inlines = (ProfileInline,)
    fieldsets = (
        (None, {"fields": ("email", "password", "plan")}),
        (
            "What they may do",
            {"fields": ("is_active", "is_staff", "is_superuser", "groups", "user_permissions")},
        ),
        ("When", {"fields": ("created_at", "last_login")}),
    )
    add_fieldsets = (
        (None, {"classes": ("wide",), "fields": ("email", "usable_password", "password1", "password2")}),
    )


@admin.register(Plan)
class PlanAdmin(ModelAdmin):
    list_display = ("name", "max_streams", "max_height", "is_default")
    search_fields = ("name",)


@admin.register(Profile)
class ProfileAdmin(ModelAdmin):
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

    list_display = ("user", "name", "active_profile", "created_at", "expires_at")
    list_select_related = ("user", "active_profile")
    search_fields = ("user__email", "name")
    fields = ("user", "name", "active_profile", "created_at", "expires_at")
    readonly_fields = fields

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False
