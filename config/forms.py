"""How every form of the product is drawn."""

from django.forms.renderers import TemplatesSetting


class WeftFormRenderer(TemplatesSetting):
    """`{{ form }}` and `{{ field.as_field_group }}` with the pieces of templates/pieces/."""

    form_template_name = "pieces/form.html"
    field_template_name = "pieces/field.html"
