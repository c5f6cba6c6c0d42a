"""The forms of an import: files, who speaks in them, what their columns mean."""

from collections.abc import Mapping, Sequence
from typing import IO, Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.foundation.forms.dressed import HouseForm
from lierre.foundation.weights import weighed
from lierre.people.models import Delivery, Import, Source

MEGABYTE: Final = 1024 * 1024
MOST_FILES: Final = 50
ALL_FILES: Final = 2048 * MEGABYTE
ONE_ARCHIVE: Final = 200 * MEGABYTE


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or more files, bounded in number and in size."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":
        found = [super(FilesField, self).clean(each, initial) for each in (data if isinstance(data, list) else [data])]
        if len(found) > MOST_FILES:
            raise ValidationError(_("Bring at most %(count)d files at a time.") % {"count": MOST_FILES})
        check_size(found, ALL_FILES)
        return found


def check_size(files: "Sequence[UploadedFile[Any]]", most: int) -> None:
    size = sum(each.size or 0 for each in files)
    if size > most:
        told = {"size": weighed(size), "most": weighed(most)}
        raise ValidationError(_("These files weigh %(size)s; at most %(most)s can be brought at a time.") % told)


class UploadForm(HouseForm):
    """What was dropped. Who speaks is asked afterwards, once the files have been looked at."""

    files = FilesField(  # type: ignore[assignment] # fields leave the class before it has `files` of its own
        label=gettext_lazy("Files"),
        widget=FilesInput(attrs={"multiple": True}),
        help_text=gettext_lazy(
            "CSV, TSV, XLSX, XLS, ODS, ZIP, JSON, XML or PDF. Drop them here together when they go together."
        ),
    )

    def brought(self) -> list[tuple[str, IO[bytes]]]:
        return [(each.name or "", each) for each in self.cleaned_data["files"]]


class ArchiveForm(HouseForm):
    """One archive of the person's own."""

    file = forms.FileField(
        label=gettext_lazy("Archive or CV"),
        help_text=gettext_lazy("The ZIP that LinkedIn sent you, a Europass CV (PDF or XML), or a JSON Resume."),
    )

    def clean_file(self) -> "UploadedFile[Any]":
        file: UploadedFile[Any] = self.cleaned_data["file"]
        check_size([file], ONE_ARCHIVE)
        return file

    def brought(self) -> list[tuple[str, IO[bytes]]]:
        file = self.cleaned_data["file"]
        return [(file.name, file)]


class DescribeForm(HouseForm):
    """Who speaks, and since when what they say is true."""

    source = forms.ModelChoiceField(
        Source.objects.exclude(kind__in=["member"]), label=gettext_lazy("Who speaks in these files?")
    )
    asserted_on = forms.DateField(
        label=gettext_lazy("From when are these values?"),
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        help_text=gettext_lazy("The day of the export. A line that says its own date keeps it."),
    )

    def __init__(self, *values: Any, imported: Import, **options: Any) -> None:
        initial = {"source": imported.source_id, "asserted_on": imported.asserted_on}
        super().__init__(*values, initial=initial, **options)

    def clean_asserted_on(self) -> Any:
        day = self.cleaned_data["asserted_on"]
        if day > timezone.localdate():
            raise ValidationError(_("Nothing can be true from tomorrow on."))
        return day


class MappingForm(HouseForm):
    """One choice per column. Fields are numbered: the names of columns are whatever the file says."""

    def __init__(
        self, *values: Any, delivery: Delivery, targets: Sequence[Any], suggested: Mapping[str, str], **options: Any
    ) -> None:
        super().__init__(*values, **options)
        self.header: list[str] = delivery.header
        for number, column in enumerate(self.header):
            self.fields[f"column-{number}"] = forms.ChoiceField(
                label=column or _("(no name)"),
                choices=[("", _("left aside")), *targets],
                required=False,
                initial=delivery.mapping.get(column, suggested.get(column, "")),
                widget=forms.Select({"class": "input"}),
            )

    def chosen(self) -> dict[str, str]:
        """What each column means now: what was just chosen, else what stands in the form."""
        return {column: str(self[f"column-{number}"].value() or "") for number, column in enumerate(self.header)}

    def columns(self) -> dict[str, str]:
        return {column: self.cleaned_data[f"column-{number}"] for number, column in enumerate(self.header)}
