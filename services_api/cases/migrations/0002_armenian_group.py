from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.RunSQL(
            "UPDATE auth_group SET name = 'Դիմումների պատասխանատուներ' WHERE name = 'Case officers'",
            "UPDATE auth_group SET name = 'Case officers' WHERE name = 'Դիմումների պատասխանատուներ'",
        )
    ]
