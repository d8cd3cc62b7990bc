-- The product's own role may add to the audit log and read it, and nothing else. Said anew at every start.
revoke update, delete, truncate on audit_record, audit_seal, audit_word from howdah;
revoke insert, update, delete, truncate on flyway_schema_history from howdah;
