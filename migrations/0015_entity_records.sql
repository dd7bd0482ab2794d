CREATE TABLE "author_record_identifiers" (
	"scheme" text NOT NULL,
	"value" text collate "C" NOT NULL,
	"source" text NOT NULL,
	"key" text collate "C" NOT NULL,
	CONSTRAINT "author_record_identifiers_pk" PRIMARY KEY("scheme","value","source","key")
);
--> statement-breakpoint
CREATE TABLE "author_records" (
	"source" text NOT NULL,
	"key" text collate "C" NOT NULL,
	"content_hash" text NOT NULL,
	"licence" text,
	"fetched_at" timestamp with time zone DEFAULT now() NOT NULL,
	"record" jsonb NOT NULL,
	CONSTRAINT "author_records_source_key_pk" PRIMARY KEY("source","key")
);
--> statement-breakpoint
CREATE TABLE "topic_records" (
	"source" text NOT NULL,
	"key" text collate "C" NOT NULL,
	"content_hash" text NOT NULL,
	"licence" text,
	"fetched_at" timestamp with time zone DEFAULT now() NOT NULL,
	"record" jsonb NOT NULL,
	"slug" text collate "C" NOT NULL,
	CONSTRAINT "topic_records_source_key_pk" PRIMARY KEY("source","key")
);
--> statement-breakpoint
ALTER TABLE "author_record_identifiers" ADD CONSTRAINT "author_record_identifiers_record_fk" FOREIGN KEY ("source","key") REFERENCES "public"."author_records"("source","key") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "author_record_identifiers_record_idx" ON "author_record_identifiers" USING btree ("source","key");--> statement-breakpoint
CREATE INDEX "topic_records_slug_idx" ON "topic_records" USING btree ("slug","source","key");