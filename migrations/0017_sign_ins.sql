CREATE TABLE "sessions" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"voter" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sign_ins" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "sign_ins_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"email" text,
	"voter" text NOT NULL,
	"paper" text,
	"state" text NOT NULL,
	"try_at" timestamp with time zone NOT NULL,
	"attempts" smallint DEFAULT 0 NOT NULL,
	"token_hash" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sign_ins_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "upvote_readings" (
	"source" text NOT NULL,
	"key" text collate "C" NOT NULL,
	"read_on" date NOT NULL,
	"upvotes" integer NOT NULL,
	CONSTRAINT "upvote_readings_source_key_read_on_pk" PRIMARY KEY("source","key","read_on")
);
--> statement-breakpoint
CREATE INDEX "sign_ins_due_idx" ON "sign_ins" USING btree ("try_at") WHERE state in ('due', 'sending');--> statement-breakpoint
INSERT INTO "upvote_readings" ("source", "key", "read_on", "upvotes")
SELECT "source", "key", ("fetched_at" AT TIME ZONE 'UTC')::date, ("record"->>'upvoteCount')::int
FROM "source_records" WHERE "record" ? 'upvoteCount';
