CREATE TYPE "public"."event_kind" AS ENUM('version', 'retraction', 'withdrawal', 'concern', 'correction', 'reinstatement');--> statement-breakpoint
CREATE TYPE "public"."link_kind" AS ENUM('pdf', 'supplement', 'video', 'slides', 'poster', 'project_page', 'demo', 'space', 'model', 'dataset', 'other');--> statement-breakpoint
CREATE TYPE "public"."open_access_status" AS ENUM('diamond', 'gold', 'hybrid', 'bronze', 'green', 'open', 'closed');--> statement-breakpoint
CREATE TYPE "public"."text_version" AS ENUM('published', 'accepted', 'submitted');--> statement-breakpoint
CREATE TABLE "paper_events" (
	"paper_id" bigint NOT NULL,
	"place" integer NOT NULL,
	"kind" "event_kind" NOT NULL,
	"happened_on" date,
	"precision" date_precision,
	"number" integer,
	"reason" text,
	"notice" text,
	"sources" text[] NOT NULL,
	CONSTRAINT "paper_events_paper_id_place_pk" PRIMARY KEY("paper_id","place")
);
--> statement-breakpoint
CREATE TABLE "paper_links" (
	"paper_id" bigint NOT NULL,
	"place" integer NOT NULL,
	"kind" "link_kind" NOT NULL,
	"url" text NOT NULL,
	"label" text,
	"source" text NOT NULL,
	CONSTRAINT "paper_links_paper_id_place_pk" PRIMARY KEY("paper_id","place")
);
--> statement-breakpoint
CREATE TABLE "paper_open_access" (
	"paper_id" bigint PRIMARY KEY NOT NULL,
	"status" "open_access_status" NOT NULL,
	"url" text,
	"licence" text,
	"version" text_version,
	"source" text NOT NULL
);
--> statement-breakpoint
DROP INDEX "papers_facets_idx";--> statement-breakpoint
ALTER TABLE "changes" ADD COLUMN "version" integer;--> statement-breakpoint
ALTER TABLE "changes" ADD COLUMN "happened_on" date;--> statement-breakpoint
ALTER TABLE "citation_edges" ADD COLUMN "contexts" text[];--> statement-breakpoint
ALTER TABLE "paper_references" ADD COLUMN "contexts" text[];--> statement-breakpoint
ALTER TABLE "hidden_citation_edges" ADD COLUMN "contexts" text[];--> statement-breakpoint
ALTER TABLE "paper_events" ADD CONSTRAINT "paper_events_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_links" ADD CONSTRAINT "paper_links_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_open_access" ADD CONSTRAINT "paper_open_access_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "paper_events_kind_idx" ON "paper_events" USING btree ("kind","paper_id");--> statement-breakpoint
CREATE INDEX "paper_links_kind_idx" ON "paper_links" USING btree ("kind","paper_id");--> statement-breakpoint
CREATE INDEX "paper_open_access_status_idx" ON "paper_open_access" USING btree ("status","paper_id");--> statement-breakpoint
CREATE INDEX "papers_facets_idx" ON "papers" USING btree ("id","published_sort","venue_id","kind","repository_count","citation_count","star_count","language");