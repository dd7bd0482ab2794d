CREATE TABLE "sent_events" (
	"subscriber_id" bigint NOT NULL,
	"change_id" bigint NOT NULL,
	"outbox_id" bigint,
	CONSTRAINT "sent_events_subscriber_id_change_id_pk" PRIMARY KEY("subscriber_id","change_id")
);
--> statement-breakpoint
ALTER TABLE "sent_events" ADD CONSTRAINT "sent_events_subscriber_id_subscribers_id_fk" FOREIGN KEY ("subscriber_id") REFERENCES "public"."subscribers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sent_events" ADD CONSTRAINT "sent_events_outbox_id_outbox_id_fk" FOREIGN KEY ("outbox_id") REFERENCES "public"."outbox"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "sent_events_outbox_idx" ON "sent_events" USING btree ("outbox_id");--> statement-breakpoint
CREATE INDEX "subscriptions_source_idx" ON "subscriptions" USING btree ("source_key") WHERE state = 'active';