CREATE TYPE "public"."decision_outcome" AS ENUM('accepted', 'workshop', 'rejected', 'desk_rejected', 'withdrawn', 'pending');--> statement-breakpoint
CREATE TYPE "public"."presentation" AS ENUM('oral', 'spotlight', 'highlight', 'poster');--> statement-breakpoint
CREATE TABLE "paper_decisions" (
	"paper_id" bigint NOT NULL,
	"position" smallint NOT NULL,
	"venue_id" bigint,
	"year" smallint,
	"outcome" "decision_outcome",
	"presentation" "presentation",
	"status" text,
	"track" text,
	"award" text,
	"awards" text[],
	"is_awarded" boolean NOT NULL,
	"session" text,
	"area" text,
	"rating_mean" real,
	"rating_count" smallint,
	"sources" text[] NOT NULL,
	CONSTRAINT "paper_decisions_paper_id_position_pk" PRIMARY KEY("paper_id","position")
);
--> statement-breakpoint
ALTER TABLE "papers" ADD COLUMN "author_summary" text;--> statement-breakpoint
ALTER TABLE "papers" ADD COLUMN "rating_sort" real DEFAULT -1 NOT NULL;--> statement-breakpoint
ALTER TABLE "paper_decisions" ADD CONSTRAINT "paper_decisions_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_decisions" ADD CONSTRAINT "paper_decisions_venue_id_venues_id_fk" FOREIGN KEY ("venue_id") REFERENCES "public"."venues"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "paper_decisions_venue_idx" ON "paper_decisions" USING btree ("venue_id","year","paper_id");--> statement-breakpoint
CREATE INDEX "paper_decisions_presentation_idx" ON "paper_decisions" USING btree ("presentation","paper_id");--> statement-breakpoint
CREATE INDEX "paper_decisions_outcome_idx" ON "paper_decisions" USING btree ("outcome","paper_id");--> statement-breakpoint
CREATE INDEX "paper_decisions_awarded_idx" ON "paper_decisions" USING btree ("paper_id") WHERE is_awarded;--> statement-breakpoint
CREATE INDEX "paper_decisions_awards_idx" ON "paper_decisions" USING gin ("awards");--> statement-breakpoint
CREATE INDEX "paper_decisions_session_idx" ON "paper_decisions" USING btree (lower(session),"paper_id");--> statement-breakpoint
CREATE INDEX "paper_decisions_area_idx" ON "paper_decisions" USING btree (lower(area),"paper_id");--> statement-breakpoint
CREATE INDEX "paper_decisions_rating_idx" ON "paper_decisions" USING btree ("rating_mean","paper_id");--> statement-breakpoint
CREATE INDEX "papers_rating_idx" ON "papers" USING btree ("rating_sort","id");