from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("config", "0001_initial")]
    operations = [migrations.RunSQL("ALTER TABLE trial ADD COLUMN more integer", "ALTER TABLE trial DROP COLUMN more")]
