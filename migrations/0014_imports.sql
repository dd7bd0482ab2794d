CREATE TYPE "public"."import_state" AS ENUM('running', 'stopped', 'failed', 'done');--> statement-breakpoint
CREATE TABLE "import_files" (
	"job_id" bigint NOT NULL,
	"place" integer NOT NULL,
	"name" text NOT NULL,
	"path" text,
	"size_bytes" bigint,
	"modified_at" timestamp with time zone,
	"start_hash" text,
	"read_count" bigint DEFAULT 0 NOT NULL,
	"last_position" bigint,
	"mark" text,
	"bytes_read" bigint DEFAULT 0 NOT NULL,
	"is_done" boolean DEFAULT false NOT NULL,
	CONSTRAINT "import_files_job_id_place_pk" PRIMARY KEY("job_id","place")
);
--> statement-breakpoint
CREATE TABLE "import_jobs" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "import_jobs_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"format" text NOT NULL,
	"input_key" text,
	"state" "import_state" NOT NULL,
	"run_count" integer DEFAULT 1 NOT NULL,
	"read_count" bigint DEFAULT 0 NOT NULL,
	"created_count" bigint DEFAULT 0 NOT NULL,
	"updated_count" bigint DEFAULT 0 NOT NULL,
	"merged_count" bigint DEFAULT 0 NOT NULL,
	"unchanged_count" bigint DEFAULT 0 NOT NULL,
	"rejected_count" bigint DEFAULT 0 NOT NULL,
	"repaired_count" bigint DEFAULT 0 NOT NULL,
	"rejects_path" text,
	"rejects_bytes" bigint DEFAULT 0 NOT NULL,
	"error" text,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "import_rejects" (
	"job_id" bigint NOT NULL,
	"number" integer NOT NULL,
	"file" text NOT NULL,
	"position" bigint NOT NULL,
	"key" text collate "C",
	"reason" text NOT NULL,
	"is_repaired" boolean NOT NULL,
	CONSTRAINT "import_rejects_job_id_number_pk" PRIMARY KEY("job_id","number")
);
--> statement-breakpoint
ALTER TABLE "import_files" ADD CONSTRAINT "import_files_job_id_import_jobs_id_fk" FOREIGN KEY ("job_id") REFERENCES "public"."import_jobs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_rejects" ADD CONSTRAINT "import_rejects_job_id_import_jobs_id_fk" FOREIGN KEY ("job_id") REFERENCES "public"."import_jobs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "import_jobs_input_idx" ON "import_jobs" USING btree ("input_key","id");