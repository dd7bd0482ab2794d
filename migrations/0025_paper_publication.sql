ALTER TYPE "public"."paper_kind" ADD VALUE 'chapter' BEFORE 'thesis';--> statement-breakpoint
ALTER TABLE "papers" ADD COLUMN "publication" jsonb;