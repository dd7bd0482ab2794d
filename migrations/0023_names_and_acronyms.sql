CREATE TABLE "acronyms" (
	"key" text collate "C" NOT NULL,
	"long_query" text collate "C" NOT NULL,
	"paper_count" integer NOT NULL,
	"share" real NOT NULL,
	CONSTRAINT "acronyms_key_long_query_pk" PRIMARY KEY("key","long_query")
);
--> statement-breakpoint
CREATE TABLE "coined_names" (
	"key" text collate "C" NOT NULL,
	"paper_id" bigint NOT NULL,
	"strength" smallint NOT NULL,
	"share" real NOT NULL,
	CONSTRAINT "coined_names_key_paper_id_pk" PRIMARY KEY("key","paper_id")
);
--> statement-breakpoint
CREATE TABLE "naming_changes" (
	"key" text collate "C" PRIMARY KEY NOT NULL
);
--> statement-breakpoint
CREATE TABLE "naming_queue" (
	"paper_id" bigint PRIMARY KEY NOT NULL
);
--> statement-breakpoint
CREATE TABLE "paper_names" (
	"paper_id" bigint NOT NULL,
	"key" text collate "C" NOT NULL,
	"long" text,
	"long_query" text collate "C",
	"strength" smallint NOT NULL,
	CONSTRAINT "paper_names_paper_id_key_pk" PRIMARY KEY("paper_id","key")
);
--> statement-breakpoint
ALTER TABLE "coined_names" ADD CONSTRAINT "coined_names_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "naming_queue" ADD CONSTRAINT "naming_queue_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_names" ADD CONSTRAINT "paper_names_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "acronyms_long_query_idx" ON "acronyms" USING btree ("long_query");--> statement-breakpoint
CREATE INDEX "coined_names_paper_idx" ON "coined_names" USING btree ("paper_id");--> statement-breakpoint
CREATE INDEX "paper_names_key_idx" ON "paper_names" USING btree ("key","strength");--> statement-breakpoint
INSERT INTO "naming_queue" SELECT "id" FROM "papers";
