import { sql } from '../sql.ts'
import { namingChanges, namingQueue, paperNames } from '../tables/naming.ts'
import { papers } from '../tables/papers.ts'

/** Triggers that queue papers and names to be read and counted again for acronyms, whichever code writes the papers. */
export const namingTriggers = sql`
CREATE OR REPLACE FUNCTION queue_new_papers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO ${namingQueue} SELECT id FROM added ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION queue_changed_paper() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO ${namingQueue} VALUES (NEW.id) ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION note_changed_names() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO ${namingChanges} SELECT DISTINCT key FROM changed ORDER BY key ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER papers_naming AFTER INSERT ON ${papers} REFERENCING NEW TABLE AS added
FOR EACH STATEMENT EXECUTE FUNCTION queue_new_papers();

CREATE OR REPLACE TRIGGER papers_renaming AFTER UPDATE OF title, abstract, published_on ON ${papers} FOR EACH ROW
WHEN ((old.title, old.abstract, old.published_on) IS DISTINCT FROM (new.title, new.abstract, new.published_on)) EXECUTE FUNCTION queue_changed_paper();

CREATE OR REPLACE TRIGGER paper_names_added AFTER INSERT ON ${paperNames} REFERENCING NEW TABLE AS changed
FOR EACH STATEMENT EXECUTE FUNCTION note_changed_names();

CREATE OR REPLACE TRIGGER paper_names_removed AFTER DELETE ON ${paperNames} REFERENCING OLD TABLE AS changed
FOR EACH STATEMENT EXECUTE FUNCTION note_changed_names();
`.text
