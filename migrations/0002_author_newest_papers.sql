ALTER TABLE "authorships" ADD COLUMN "published_sort" date;--> statement-breakpoint
UPDATE "authorships" SET "published_sort" = "papers"."published_sort" FROM "papers" WHERE "papers"."id" = "authorships"."paper_id";--> statement-breakpoint
ALTER TABLE "authorships" ALTER COLUMN "published_sort" SET NOT NULL;--> statement-breakpoint
CREATE INDEX "authorships_author_published_idx" ON "authorships" USING btree ("author_id","published_sort","paper_id");
