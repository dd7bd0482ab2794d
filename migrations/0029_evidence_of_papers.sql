CREATE TABLE "paper_evidence" (
	"paper_id" bigint PRIMARY KEY NOT NULL,
	"said" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "paper_evidence" ADD CONSTRAINT "paper_evidence_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "acronyms_usual_idx" ON "acronyms" USING btree ("key","long_query") WHERE paper_count >= 3 and share >= 0.5;