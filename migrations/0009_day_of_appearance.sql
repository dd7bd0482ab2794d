ALTER TABLE "papers" ADD COLUMN "appeared_on" date;--> statement-breakpoint
CREATE INDEX "papers_appeared_idx" ON "papers" USING btree ("appeared_on","id") WHERE appeared_on is not null;