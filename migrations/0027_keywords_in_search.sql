ALTER TABLE "papers" ADD COLUMN "keyword_text" text;--> statement-breakpoint
UPDATE "papers" p SET "keyword_text" = left(k.text, 5000) FROM (
	SELECT paper_id, string_agg(name, E'\n' ORDER BY position) AS text FROM paper_keywords GROUP BY paper_id
) k WHERE k.paper_id = p.id;
--> statement-breakpoint
ALTER TABLE "papers" drop column "search";--> statement-breakpoint
ALTER TABLE "papers" ADD COLUMN "search" "tsvector" GENERATED ALWAYS AS (setweight(to_tsvector('paperql'::regconfig, search_text(left(title, 2000))), 'A') || setweight(to_tsvector('paperql'::regconfig, search_text(left(coalesce(abstract, ''), 100000))), 'B') || case when keyword_text is null then ''::tsvector else setweight(to_tsvector('paperql'::regconfig, search_text('the ' || replace(left(keyword_text, 5000), E'\n', ' the '))), 'C') end) STORED NOT NULL;--> statement-breakpoint
CREATE INDEX "papers_search_idx" ON "papers" USING gin ("search","search_tier");--> statement-breakpoint
CREATE INDEX "institutions_words_idx" ON "institutions" USING gin (keys_vector(name_keys));--> statement-breakpoint
-- Words are counted again, and names read again.
UPDATE "search_statistics" SET "refreshed_at" = '-infinity';
--> statement-breakpoint
INSERT INTO "naming_queue" SELECT "id" FROM "papers" ON CONFLICT DO NOTHING;
