from django.db import migrations

OLD, NEW = "Case officers", "Դիմումների պատասխանատուներ"


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.RunSQL(
            f"UPDATE auth_group SET name = '{NEW}' WHERE name = '{OLD}'",
            f"UPDATE auth_group SET name = '{OLD}' WHERE name = '{NEW}'",
        )
    ]
