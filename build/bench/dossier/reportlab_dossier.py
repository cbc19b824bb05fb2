"""Makes the dossier with ReportLab: reportlab_dossier.py FOLDER OUT.

In one pass, so without the pages in the contents and "1 / 300" below each page, for which it would draw everything twice;
and without the originals, which it can't embed.
"""
import json
import sys
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Image, KeepTogether, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

folder, out = sys.argv[1:]
with open(f"{folder}/facts.json", encoding="utf-8") as file:
    facts = json.load(file)
dossier, words = facts["dossier"], facts["words"]

for name, font in {
    "serif": "SourceSerif4-Regular", "bold": "SourceSerif4-SemiBold", "italic": "SourceSerif4-Italic",
    "sans": "SourceSans3-Regular", "mono": "IBMPlexMono-Regular",
}.items():
    pdfmetrics.registerFont(TTFont(name, f"{folder}/fonts/{font}.ttf"))

ink, grey = colors.HexColor("#181b20"), colors.HexColor("#5c6470")
body = ParagraphStyle("body", fontName="serif", fontSize=9.6, leading=13, textColor=ink, spaceAfter=5)
italic = ParagraphStyle("italic", body, fontName="italic")
small = ParagraphStyle("small", body, fontName="sans", fontSize=7.8, leading=10, textColor=grey)
mono = ParagraphStyle("mono", small, fontName="mono", fontSize=6.6, leading=9)
head = ParagraphStyle("head", body, fontName="bold", fontSize=16, leading=20)
strong = ParagraphStyle("strong", body, fontName="bold")
story = []


def text(content, style=body, tag=""):
    anchor = f'<a name="{tag}"/>' if tag else ""
    return Paragraph(anchor + escape(content).replace("\n", "<br/>"), style)


def links(tags, style=small):
    return Paragraph(" ".join(f'<a href="#{tag}" color="#1b3a57">{tag}</a>' for tag in tags if tag), style)


def mail(tag):
    return Paragraph(f'<a href="#mail-{tag}" color="#1b3a57">{tag}</a>' if tag else "", small)


class Section(Paragraph):
    def draw(self):
        self.canv.bookmarkPage(self.text)
        self.canv.addOutlineEntry(self.text, self.text, 0)
        super().draw()


def section(title):
    story.append(PageBreak())
    story.append(Section(title, head))


summary = dossier["Summary"]
story += [text(dossier["Title"], head), text(summary["Sentence"]), text(summary["Account"])]
story += [text(f'{figure["Value"]} {figure["Label"]}', strong) for figure in summary["Figures"]]
story += [text(f'{point["Date"]} {point["Text"]}') for point in summary["TurningPoints"]]
story += [text(summary["StillConcerned"])] + [text(asked) for asked in summary["Asked"]]

section(words["chronology"])
for row in dossier["Chronology"]:
    middle = [text(row["Company"], strong), text(row["Text"])]
    if row["Verbatim"]:
        middle.append(text(row["Verbatim"], italic))
    middle.append(text(" · ".join(row["Failures"] + row["Facts"] + [row["Provenance"]]), small))
    left = [text("\n".join([row["Tag"], row["Date"], row["Clock"] + " " + row["ChannelName"]]), small, row["Tag"])]
    right = [text("\n".join([", ".join(row["People"]), row["Hold"]]), small), links(row["Promises"] + row["Exhibits"]), mail(row["Email"])]
    story.append(Table([[left, middle, right]], colWidths=[28 * mm, 108 * mm, 26 * mm], style=[("VALIGN", (0, 0), (-1, -1), "TOP")]))

section(words["people"])
rows = [[text(p["Name"]), text(p["Position"]), text(p["Company"]), links([c["Row"] for c in p["Contacts"]])] for p in dossier["People"]]
if rows:
    story.append(Table(rows, colWidths=[40 * mm, 40 * mm, 40 * mm, 42 * mm]))

section(words["promises"])
rows = [[text(p["Tag"], small, p["Tag"]), text(p["What"], italic), text(p["Who"], small), text(p["Due"], small),
         text(p["Outcome"] + " " + p["Late"], small), links([p["Row"]])] for p in dossier["Promises"]]
if rows:
    story.append(Table(rows, colWidths=[12 * mm, 60 * mm, 30 * mm, 22 * mm, 26 * mm, 12 * mm]))

section(words["emails"])
for email in dossier["Emails"]:
    top = [text(f'{email["Tag"]} {email["Subject"]}', strong, "mail-" + email["Tag"])]
    top += [text(f'{field["Name"]}: {field["Value"]}', small) for field in email["Fields"]]
    top += [text(email["Source"], small), text(f'{email["MessageID"]}\nSHA-256 {email["SHA256"]}', mono)]
    story.append(Table([[top]], colWidths=[166 * mm], style=[("BACKGROUND", (0, 0), (-1, -1), colors.HexColor("#f0f2f5"))]))
    story += [text(part) for part in email["Text"].split("\n")]

section(words["exhibits"])
for exhibit in dossier["Exhibits"]:
    story.append(KeepTogether([
        text(f'{exhibit["Tag"]} {exhibit["Caption"]}', strong, exhibit["Tag"]),
        text(" · ".join([exhibit["FileName"], exhibit["MediaType"], exhibit["Size"]]), small), links([exhibit["Row"]]),
        Image(f'{folder}/content/{exhibit["Content"]}.jpg', 158.8 * mm, 120 * mm), text("SHA-256 " + exhibit["SHA256"], mono), Spacer(0, 4 * mm)]))

section(words["integrity"])
rows = [[text(file["Tag"], small), text(file["Name"], small), text(file["Size"], small), text(file["SHA256"], mono)] for file in dossier["Integrity"]["Files"]]
story.append(Table(rows, colWidths=[12 * mm, 44 * mm, 14 * mm, 92 * mm]))


def page(canvas, _):
    canvas.setFont("sans", 7.4)
    canvas.setFillColor(grey)
    canvas.drawString(24 * mm, A4[1] - 15 * mm, dossier["Reference"])
    canvas.drawRightString(A4[0] - 20 * mm, A4[1] - 15 * mm, dossier["Title"])
    canvas.drawRightString(A4[0] - 20 * mm, 12 * mm, str(canvas.getPageNumber()))


SimpleDocTemplate(
    out, pagesize=A4, leftMargin=24 * mm, topMargin=24 * mm, rightMargin=20 * mm, bottomMargin=26 * mm,
    title=dossier["Title"], author=dossier["Complainant"]["Name"],
).build(story, onFirstPage=page, onLaterPages=page)
