DROP INDEX "authors_paper_count_idx";--> statement-breakpoint
DROP INDEX "papers_citations_idx";--> statement-breakpoint
DROP INDEX "topics_paper_count_idx";--> statement-breakpoint
DROP INDEX "repositories_stars_idx";--> statement-breakpoint
CREATE INDEX "authors_paper_count_idx" ON "authors" USING btree ("paper_count","id","name_key");--> statement-breakpoint
CREATE INDEX "papers_citations_idx" ON "papers" USING btree ("citation_count","id","title_key");--> statement-breakpoint
CREATE INDEX "topics_paper_count_idx" ON "topics" USING btree ("paper_count","id","name_key");--> statement-breakpoint
CREATE INDEX "repositories_stars_idx" ON "repositories" USING btree ("stars_sort","id","name_key");