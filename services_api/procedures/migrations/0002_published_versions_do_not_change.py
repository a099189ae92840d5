"""PostgreSQL itself keeps a published version as it is: also against raw SQL, bulk updates and mistakes of a migration.

The function and its trigger live in the tenant's schema and name no schema, so they are copied with it. Whoever adds a
column that must be filled for published versions does it with a default in the same ALTER TABLE (no trigger fires).
"""

from django.db import migrations

CREATE = """
CREATE FUNCTION procedures_keep_published_version() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    IF OLD.state = 'draft' THEN
        IF TG_OP = 'DELETE' THEN
            RETURN OLD;
        END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE'
        AND to_jsonb(NEW) - 'state' - 'withdrawn_at' = to_jsonb(OLD) - 'state' - 'withdrawn_at'
        AND (NEW.state = OLD.state OR (OLD.state = 'published' AND NEW.state = 'withdrawn'))
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'version % of procedure % is published and does not change', OLD.number, OLD.procedure_id
        USING ERRCODE = 'integrity_constraint_violation';
END
$body$;
CREATE TRIGGER procedures_keep_published_version
    BEFORE UPDATE OR DELETE ON procedures_procedureversion
    FOR EACH ROW EXECUTE FUNCTION procedures_keep_published_version();
"""
DROP = """
DROP TRIGGER procedures_keep_published_version ON procedures_procedureversion;
DROP FUNCTION procedures_keep_published_version();
"""


class Migration(migrations.Migration):
    dependencies = [("procedures", "0001_initial")]

    operations = [migrations.RunSQL(CREATE, DROP)]
