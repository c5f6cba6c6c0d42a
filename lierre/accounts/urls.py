"""Addresses of the units, the users, the rights, the invitations, and of one's own account."""

from django.urls import path, re_path

from lierre.accounts.views import (
    acting,
    handover,
    invitations,
    joining,
    my_account,
    rights,
    unit_changes,
    units,
    user,
    user_acts,
    users,
)

app_name = "accounts"

unit_patterns = [
    path("unites/", units.units, name="units"),
    path("unites/nouvelle/", unit_changes.add, name="new_unit"),
    path("unites/<int:unit_id>/", units.unit, name="unit"),
    path("unites/<int:unit_id>/modifier/", unit_changes.change, name="change_unit"),
    path("unites/<int:unit_id>/deplacer/", unit_changes.move, name="move_unit"),
    path("unites/<int:unit_id>/fermer/", unit_changes.close, name="close_unit"),
    path("unites/<int:unit_id>/rouvrir/", unit_changes.reopen, name="reopen_unit"),
]
user_patterns = [
    path("utilisateurs/", users.users, name="users"),
    re_path(r"^utilisateurs/utilisateurs\.(?P<form>csv|xlsx)$", users.export, name="export_users"),
    path("utilisateurs/<int:user_id>/", user.user, name="user"),
    path("utilisateurs/<int:user_id>/role/", user.give_role, name="give_role"),
    path("utilisateurs/<int:user_id>/role/<int:role_id>/retirer/", user.withdraw_role, name="withdraw_role"),
    path("utilisateurs/<int:user_id>/a-sa-place/", acting.act_as, name="act_as"),
    path("utilisateurs/a-sa-place/arreter/", acting.stop_acting, name="stop_acting"),
    path("utilisateurs/<int:user_id>/passation/", handover.handover, name="handover"),
    path("utilisateurs/<int:user_id>/<slug:name>/", user_acts.act, name="user_act"),
]
right_patterns = [
    path("droits/", rights.rights, name="rights"),
    re_path(r"^droits/droits\.(?P<form>csv|xlsx)$", rights.export, name="export_rights"),
    path("droits/<slug:name>/", rights.right, name="right"),
]
invitation_patterns = [
    path("invitations/", invitations.invitations, name="invitations"),
    path("invitations/nouvelle/", invitations.invite, name="invite"),
    path("invitations/<int:invitation_id>/renvoyer/", invitations.send_again, name="send_invitation_again"),
    path("invitations/<int:invitation_id>/retirer/", invitations.withdraw, name="withdraw_invitation"),
    path("invitation/<str:token>/", joining.join, name="join"),
]
own_patterns = [path("mon-compte/", my_account.my_account, name="my_account")]
urlpatterns = [*unit_patterns, *user_patterns, *right_patterns, *invitation_patterns, *own_patterns]
