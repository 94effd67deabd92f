"""The addresses of the workbench, under /beheer/werkbank/."""

from django.urls import include, path

from plan.views import desk, exports, harvests, meant, missing, publishing, sentences, stacks

app_name = "plan"
urlpatterns = [
    path("", harvests.harvests, name="harvests"),
    path("aantekeningen/", include("plan.views.notes.urls")),
    path("uitvoer/", exports.exports, name="exports"),
    path("uitvoer/<id:pk>/", exports.export, name="export"),
    path("plan/", sentences.sentences, name="sentences"),
    path("plan/hoofdstuk/", sentences.add_chapter, name="add_chapter"),
    path("plan/nieuw/", sentences.add_sentence, name="add_sentence"),
    path("plan/openbaar/", sentences.make_public, name="make_public"),
    path("plan/zin/<id:pk>/", sentences.sentence, name="sentence"),
    path("plan/zin/<id:pk>/wijzig/", sentences.reword, name="reword"),
    path("plan/zin/<id:pk>/weg/", sentences.withdraw, name="withdraw"),
    path("wie-ontbreekt/", missing.missing, name="missing"),
    path("wie-ontbreekt/overleg/", missing.record, name="record_meeting"),
    path("wie-ontbreekt/overleg/<id:pk>/weg/", missing.strike, name="strike_meeting"),
    path("<id:pk>/", desk.desk, name="desk"),
    path("<id:pk>/stap/", desk.step, name="step"),
    path("<id:pk>/nieuws/", desk.news, name="news"),
    path("<id:pk>/leest/", desk.reads, name="reads"),
    path("<id:pk>/keuzes/", desk.filters, name="filters"),
    path("<id:pk>/afronden/", stacks.finish, name="finish"),
    path("<id:pk>/openbaar/", publishing.publish, name="publish"),
    path("<id:pk>/openbaar/maak/", publishing.make_public, name="make_public"),
    path("<id:pk>/openbaar/stop/", publishing.stop, name="stop_letters"),
    path("<id:pk>/openbaar/alsnog/", publishing.send_after_all, name="send_after_all"),
    path("<id:pk>/bedoeld/", meant.meant, name="meant"),
    path("<id:pk>/bedoeld/antwoord/", meant.reply, name="reply"),
    path("<id:pk>/stapels/<id:stack_pk>/", stacks.stack, name="stack"),
    path("<id:pk>/stapels/<id:stack_pk>/stap/", stacks.step, name="stack_step"),
    path("<id:pk>/stapels/<id:stack_pk>/hoorden/", stacks.hear, name="hear"),
    path("<id:pk>/stapels/<id:stack_pk>/mails/", stacks.mails, name="stack_mails"),
    path("<id:pk>/stapels/<id:stack_pk>/zin/", stacks.sentence, name="stack_sentence"),
    path("<id:pk>/stapels/<id:stack_pk>/zin/koppel/", stacks.link, name="link"),
    path("<id:pk>/stapels/<id:stack_pk>/zin/los/", stacks.unlink, name="unlink"),
]
