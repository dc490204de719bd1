"""What goes with the mots and the posts: a page that the school joins, a paper that families give back, a voice where
ffmpeg is, and a few seconds of film; what families say under a post."""

import datetime
import io
import math
import struct
import subprocess
import wave

from django.core.files.uploadedfile import SimpleUploadedFile

from preau.demo import life
from preau.ent.comments import actions as comments
from preau.ent.notes import actions as notes
from preau.ent.notes.actions import Target
from preau.ent.portal import actions as portal
from preau.ent.posts import actions as posts
from preau.ent.posts.models import Post, PostFile, Scope
from preau.kit.paper import Paper
from preau.media import videos, voices
from preau.media.documents import Document
from preau.spaces.models import Publication

RATE = 8000  # of the recording, in samples a second
NOTES = (392, 440, 494, 523, 494, 440, 392)  # hertz: nobody's voice
TUNE_HEARD = "Une petite mélodie, jouée pour cette démonstration. Personne ne parle."
ANSWERED = 3
UNKIND = "On entend surtout ceux qui chantent faux."
JOINED = "Les paroles sont jointes."


def send_with_files(stage):
    """A paper asked of families, with what it must say; a call for help, that one of them answers aloud."""
    classroom = stage.home_room()
    teacher, here, answered_at = stage.teachers[classroom.pk], [Target(classroom)], stage.ago(1)
    families = life.families_of(stage, classroom)[:ANSWERED]
    model = (draw_page(stage, "Ce que dit l’attestation", MODEL), "Ce que dit l’attestation")
    asked = life.send_mot(stage, teacher, here, "assurance", files=[model])
    for child, guardians in families:
        paper = (
            draw_page(stage, "Attestation d’assurance", [child.full_name, "Année scolaire en cours."]),
            "Attestation",
        )
        notes.answer_note(
            person=guardians[0], note=asked, child=child, version=asked.version, sent=paper, now=answered_at
        )
    helped = life.send_mot(stage, teacher, here, "benevoles", stage.today + 12 * life.DAY, hour=datetime.time(9))
    child, guardians = families[0]
    said = {"person": guardians[0], "note": helped, "child": child, "version": helped.version, "now": answered_at}
    if not voices.programme():
        notes.answer_note(text="Avec plaisir, le matin.", **said)
        return
    answer = notes.answer_note(sent=(voices.take(tune(), "voix.wav"), "Message vocal"), **said)
    notes.settle_file(file=answer.file, now=answered_at)  # what its job would do a moment later


def join_to_posts(stage):
    """To what the class last published: the words of its song, and where ffmpeg is, its tune; its text says so, an hour
    later."""
    classroom = stage.home_room()
    teacher = stage.teachers[classroom.pk]
    shown = Post.objects.filter(publication__classroom=classroom, publication__state=Publication.State.PUBLISHED)
    post = shown.filter(scope=Scope.CLASS, publication__author=teacher).order_by("-publication__published_at").first()
    files = [(draw_page(stage, "Les paroles de notre chanson", SONG), "Les paroles de notre chanson")]
    if voices.programme():
        files.append((voices.take(tune(), "air.wav"), "L’air de notre chanson"))
    said = {"heard": ["", TUNE_HEARD][: len(files)], "is_declared": True, "now": post.publication.published_at}
    posts.join_files(person=teacher, post=post, files=files, **said)
    for file in post.files.filter(ready_at=None):
        posts.settle_file(file=file, now=post.publication.published_at)
    said = f"{post.text} {JOINED}"
    posts.edit_post(person=teacher, post=post, text=said, now=post.publication.published_at + life.DAY / 24)


def film(stage):
    """To what the class published before, where ffmpeg is: colours that move, and a note."""
    if not videos.programme():
        return
    classroom = stage.home_room()
    teacher = stage.teachers[classroom.pk]
    shown = Post.objects.filter(publication__classroom=classroom, publication__state=Publication.State.PUBLISHED)
    mine = shown.filter(scope=Scope.CLASS, publication__author=teacher).order_by("-publication__published_at", "id")
    post = mine.filter(files=None)[0]
    sent, at = videos.take(SimpleUploadedFile("film.mp4", _colours()), "film.mp4"), post.publication.published_at
    video = posts.join_video(person=teacher, post=post, document=sent, heard=SEEN, is_declared=True, now=at)
    posts.settle_file(file=video, now=at)


def comment(stage):
    """Under that post, opened to comments: one shown, one to read over."""
    classroom = stage.home_room()
    teacher, (first, second) = stage.teachers[classroom.pk], life.families_of(stage, classroom)[:2]
    post = PostFile.objects.filter(sent_by=teacher).order_by("-sent_at", "id").first().post
    publication, at = post.publication, post.publication.published_at
    comments.open_discussion(person=teacher, publication=publication, now=at)
    said = {"publication": publication, "now": at + life.DAY / 12}
    shown = comments.write_comment(person=first[1][0], text=HEARD, **said)
    comments.decide(person=teacher, comment=shown, is_shown=True, seen=shown.state, now=at + life.DAY / 8)
    comments.write_comment(person=second[1][0], text=ASKED, **said)
    unkind = comments.write_comment(person=second[1][0], text=UNKIND, **said)
    comments.decide(person=teacher, comment=unkind, is_shown=True, seen=unkind.state, now=at + life.DAY / 6)
    why = {"reason": "insult", "words": "", "hurts": True}
    portal.report_comment(person=first[1][0], comment=unkind, now=at + life.DAY / 4, **why)


HEARD = "On l’a chantée toute la soirée à la maison. Merci\u00a0!"
ASKED = "Pourra-t-on l’écouter à la fête de l’école\u00a0?"
SEEN = "Vidéo d’exemple\u00a0: des couleurs qui bougent, une note tenue. Aucun élève n’y est."
SONG = (
    "Sous le préau, quand il pleut, on joue, on danse, on est heureux.",
    "Sous le préau, quand il fait beau, on range vite son manteau.",
)
MODEL = (
    "Elle porte le nom de l’enfant et l’année scolaire.",
    "Elle couvre ce que l’enfant fait, et ce qui lui arrive.",
    "Une copie ou une photo lisible suffit.",
)


def draw_page(stage, title, lines) -> Document:
    """A PDF of one page."""
    page = Paper(title, stage.now)
    page.title_line(title)
    page.bullets(lines)
    content, count = page.finish()
    return Document("pdf", content, count)


def tune():
    """A few notes, as a WAV."""
    length = RATE * 2 // 5
    loud = (round(9000 * math.sin(2 * math.pi * pitch * at / RATE)) for pitch in NOTES for at in range(length))
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setparams((1, 2, RATE, 0, "NONE", ""))
        sound.writeframes(b"".join(struct.pack("<h", each) for each in loud))
    return out.getvalue()


def _colours():
    """Three seconds, as an MP4: nobody's picture, nobody's voice."""
    seen = ("-f", "lavfi", "-i", "gradients=s=480x270:r=10:d=3:n=4:seed=7:speed=0.05")
    heard = ("-f", "lavfi", "-i", "sine=392:d=3", "-c:v", "mpeg4", "-c:a", "aac")
    into = ("-movflags", "frag_keyframe+empty_moov", "-f", "mp4", "pipe:1")
    words = (videos.programme(), "-nostdin", "-loglevel", "error", *seen, *heard, *into)
    return subprocess.run(words, capture_output=True, check=True, timeout=60).stdout
