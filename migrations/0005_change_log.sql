CREATE TYPE "public"."change_kind" AS ENUM('created', 'updated', 'merged', 'split', 'deleted', 'got_code', 'published', 'new_version', 'retracted', 'repository_gone', 'repository_archived', 'citation_milestone');--> statement-breakpoint
CREATE TABLE "change_log" (
	"id" smallint PRIMARY KEY NOT NULL,
	"epoch" text NOT NULL,
	"forgotten_through" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "change_log_one_row" CHECK ("change_log"."id" = 1)
);
--> statement-breakpoint
CREATE TABLE "changes" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "changes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" "change_kind" NOT NULL,
	"paper_id" bigint NOT NULL,
	"other_paper_id" bigint,
	"repository_id" bigint,
	"fields" text[],
	"citation_count" integer,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE INDEX "changes_paper_idx" ON "changes" USING btree ("paper_id","id");--> statement-breakpoint
INSERT INTO "change_log" ("id", "epoch") VALUES (1, replace(gen_random_uuid()::text, '-', ''));
