CREATE TABLE "paper_trends" (
	"paper_id" bigint PRIMARY KEY NOT NULL,
	"day" real NOT NULL,
	"week" real NOT NULL,
	"month" real NOT NULL,
	"day_parts" real[],
	"week_parts" real[],
	"month_parts" real[],
	"code_on" date,
	"scored_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "star_jumps" (
	"repository_id" bigint NOT NULL,
	"observed_on" date NOT NULL,
	"stars" integer NOT NULL,
	CONSTRAINT "star_jumps_repository_id_observed_on_pk" PRIMARY KEY("repository_id","observed_on")
);
--> statement-breakpoint
CREATE TABLE "trend_marks" (
	"kind" text NOT NULL,
	"ref" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "trend_ranks" (
	"span" text NOT NULL,
	"taken_on" date NOT NULL,
	"paper_id" bigint NOT NULL,
	"score" real NOT NULL,
	CONSTRAINT "trend_ranks_span_taken_on_paper_id_pk" PRIMARY KEY("span","taken_on","paper_id")
);
--> statement-breakpoint
CREATE TABLE "trend_state" (
	"id" smallint PRIMARY KEY NOT NULL,
	"updated_on" date NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "trend_usual" (
	"signal" text NOT NULL,
	"topic_id" bigint NOT NULL,
	"month" date NOT NULL,
	"usual" real NOT NULL,
	CONSTRAINT "trend_usual_signal_topic_id_month_pk" PRIMARY KEY("signal","topic_id","month")
);
--> statement-breakpoint
ALTER TABLE "paper_trends" ADD CONSTRAINT "paper_trends_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "star_jumps" ADD CONSTRAINT "star_jumps_repository_id_repositories_id_fk" FOREIGN KEY ("repository_id") REFERENCES "public"."repositories"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trend_ranks" ADD CONSTRAINT "trend_ranks_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "paper_trends_day_idx" ON "paper_trends" USING btree ("day","paper_id");--> statement-breakpoint
CREATE INDEX "paper_trends_week_idx" ON "paper_trends" USING btree ("week","paper_id");--> statement-breakpoint
CREATE INDEX "paper_trends_month_idx" ON "paper_trends" USING btree ("month","paper_id");--> statement-breakpoint
CREATE INDEX "star_jumps_day_idx" ON "star_jumps" USING btree ("observed_on","stars");--> statement-breakpoint
CREATE INDEX "trend_ranks_score_idx" ON "trend_ranks" USING btree ("span","taken_on","score");--> statement-breakpoint
CREATE INDEX "trend_ranks_paper_idx" ON "trend_ranks" USING btree ("paper_id");