CREATE TABLE "citation_counts" (
	"paper_id" bigint PRIMARY KEY NOT NULL,
	"count" integer NOT NULL,
	"counted_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "citation_counts" ADD CONSTRAINT "citation_counts_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
INSERT INTO "citation_counts" ("paper_id", "count")
  SELECT c.cited_id, count(*) FROM citations c JOIN papers p ON p.id = c.cited_id GROUP BY c.cited_id;
