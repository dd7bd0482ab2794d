CREATE TABLE "identity_changes" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "identity_changes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"identifier" text collate "C" NOT NULL,
	"author_id" bigint NOT NULL,
	"other_id" bigint,
	"name" text NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
DROP INDEX "authors_name_trgm_idx";--> statement-breakpoint
DROP INDEX "authors_words_idx";--> statement-breakpoint
ALTER TABLE "authors" ADD COLUMN "other_names" text collate "C" DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX "identity_changes_author_idx" ON "identity_changes" USING btree ("author_id");--> statement-breakpoint
CREATE INDEX "identity_changes_other_idx" ON "identity_changes" USING btree ("other_id");--> statement-breakpoint
CREATE INDEX "identity_changes_changed_idx" ON "identity_changes" USING btree ("changed_at");--> statement-breakpoint
CREATE INDEX "authors_other_names_idx" ON "authors" USING gin (key_vector(other_names)) WHERE other_names <> '';--> statement-breakpoint
CREATE INDEX "authors_name_trgm_idx" ON "authors" USING gin ((name_key || other_names) gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "authors_words_idx" ON "authors" USING gin (key_vector(name_key || other_names));