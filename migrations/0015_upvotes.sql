CREATE TABLE "paper_upvotes" (
	"voter" text NOT NULL,
	"paper_id" bigint NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "paper_upvotes_voter_paper_id_pk" PRIMARY KEY("voter","paper_id")
);
--> statement-breakpoint
ALTER TABLE "papers" ADD COLUMN "own_upvote_count" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "papers" ADD COLUMN "upvotes_sort" integer GENERATED ALWAYS AS (coalesce(upvote_count, 0) + own_upvote_count) STORED NOT NULL;--> statement-breakpoint
CREATE INDEX "paper_upvotes_paper_idx" ON "paper_upvotes" USING btree ("paper_id");--> statement-breakpoint
CREATE INDEX "papers_upvotes_idx" ON "papers" USING btree ("upvotes_sort","id");