BEGIN TRANSACTION;
CREATE TABLE asks (
        number INTEGER PRIMARY KEY,
        target TEXT NOT NULL,
        initiative TEXT NOT NULL,
        asked_at TEXT NOT NULL
    ) STRICT
    ;
INSERT INTO "asks" VALUES(1,'purpose:nearby-cinema','app','2021-11-01T08:49:00.000+08:00');
INSERT INTO "asks" VALUES(2,'purpose:avatar-upload','person','2021-11-01T08:49:00.000+08:00');
CREATE TABLE events (
        sequence INTEGER PRIMARY KEY,
        event_id TEXT NOT NULL UNIQUE,
        body TEXT NOT NULL
    ) STRICT
    ;
INSERT INTO "events" VALUES(1,'01a2047f-4d4f-74c9-a48e-d787d3116dac','{"cause":"pressed","event_id":"01a2047f-4d4f-74c9-a48e-d787d3116dac","gesture":null,"hash":"6d27f6b63f226e8cad3ed3ed974947006b7b5492a1f3f5d79bf4ac70f0bd39fb","label":"不同意，仅浏览","monotonic_ms":420000,"notice":{"digest":"abababababababababababababababababababababababababababababababab","layer":"first-notice","locale":"zh_Hans","notice":"epiao/first-notice","version":"2021-11-01"},"occurred_at":"2021-11-01T08:07:00.000+08:00","previous_hash":"0000000000000000000000000000000000000000000000000000000000000000","sequence":1,"status":"refused","subject":"NP-0BjnC5PViSO2V7Vt04S91PGh4-VtepDgJh_c0l54","target":"notice:base"}');
INSERT INTO "events" VALUES(2,'01a2047f-4d54-7b68-a03d-d1ff5e307c70','{"cause":"pressed","event_id":"01a2047f-4d54-7b68-a03d-d1ff5e307c70","gesture":"first-notice.again","hash":"ebd1766924a005f5b7a7a1a6e100b582b1ff2358e5c66f30cda08dd5907ed0c3","label":"同意","monotonic_ms":840000,"notice":{"digest":"abababababababababababababababababababababababababababababababab","layer":"first-notice","locale":"zh_Hans","notice":"epiao/first-notice","version":"2021-11-01"},"occurred_at":"2021-11-01T08:14:00.000+08:00","previous_hash":"6d27f6b63f226e8cad3ed3ed974947006b7b5492a1f3f5d79bf4ac70f0bd39fb","sequence":2,"status":"given","subject":"NP-0BjnC5PViSO2V7Vt04S91PGh4-VtepDgJh_c0l54","target":"notice:base"}');
INSERT INTO "events" VALUES(3,'01a2047f-4d55-7333-a3d4-c4bddf11d2b7','{"cause":"pressed","event_id":"01a2047f-4d55-7333-a3d4-c4bddf11d2b7","gesture":"city.locate","hash":"41173fd7cb0f9d5e49a9bad4b4c6055fc3806488ce9cb78cd1392aea57e7acd0","label":"同意 \"附近\"\\\n","monotonic_ms":1260000,"notice":{"digest":"abababababababababababababababababababababababababababababababab","layer":"just-in-time","locale":"zh_Hans","notice":"epiao/location","version":"2021-11-01"},"occurred_at":"2021-11-01T08:21:00.000+08:00","previous_hash":"ebd1766924a005f5b7a7a1a6e100b582b1ff2358e5c66f30cda08dd5907ed0c3","sequence":3,"status":"given","subject":"NP-0BjnC5PViSO2V7Vt04S91PGh4-VtepDgJh_c0l54","target":"purpose:nearby-cinema"}');
INSERT INTO "events" VALUES(4,'01a2047f-4d56-7478-adb8-4dbaaf8c5387','{"cause":"operating-system","event_id":"01a2047f-4d56-7478-adb8-4dbaaf8c5387","gesture":"city.locate","hash":"309f46bbab08d2d8b43e9ed11e7132ba9007f456526c983a354e3f13b0d0180c","label":null,"monotonic_ms":1680000,"notice":null,"occurred_at":"2021-11-01T08:28:00.000+08:00","previous_hash":"41173fd7cb0f9d5e49a9bad4b4c6055fc3806488ce9cb78cd1392aea57e7acd0","sequence":4,"status":"given","subject":"NP-0BjnC5PViSO2V7Vt04S91PGh4-VtepDgJh_c0l54","target":"permission:location"}');
INSERT INTO "events" VALUES(5,'01a2047f-4d57-77b0-8cef-4b6671f89180','{"cause":"dismissed","event_id":"01a2047f-4d57-77b0-8cef-4b6671f89180","gesture":"me.avatar","hash":"661287bf23e8956f29cb64329483e8cd290476d702e555c445c532fefa4aaec9","label":null,"monotonic_ms":2100000,"notice":{"digest":"abababababababababababababababababababababababababababababababab","layer":"just-in-time","locale":"zh_Hans","notice":"epiao/album","version":"2021-11-01"},"occurred_at":"2021-11-01T08:35:00.000+08:00","previous_hash":"309f46bbab08d2d8b43e9ed11e7132ba9007f456526c983a354e3f13b0d0180c","sequence":5,"status":"deferred","subject":"NP-0BjnC5PViSO2V7Vt04S91PGh4-VtepDgJh_c0l54","target":"purpose:avatar-upload"}');
INSERT INTO "events" VALUES(6,'01a2047f-4d58-747d-b30b-1f245c7e576d','{"cause":"pressed","event_id":"01a2047f-4d58-747d-b30b-1f245c7e576d","gesture":"centre.withdraw.nearby-cinema","hash":"6ef4ad17a47c7cf44879fd9130cebfef02a4a39a53c37e03949af2b04a3a16cc","label":"撤回","monotonic_ms":2520000,"notice":{"digest":"abababababababababababababababababababababababababababababababab","layer":"consent-centre","locale":"zh_Hans","notice":"epiao/withdrawal-nearby-cinema","version":"2021-11-01"},"occurred_at":"2021-11-01T08:42:00.000+08:00","previous_hash":"661287bf23e8956f29cb64329483e8cd290476d702e555c445c532fefa4aaec9","sequence":6,"status":"withdrawn","subject":"NP-0BjnC5PViSO2V7Vt04S91PGh4-VtepDgJh_c0l54","target":"purpose:nearby-cinema"}');
INSERT INTO "events" VALUES(7,'01a2047f-4d59-78eb-966f-74884b0c349e','{"cause":"operating-system","event_id":"01a2047f-4d59-78eb-966f-74884b0c349e","gesture":null,"hash":"b1f96ce888128643b062dc4d32b6ad7932c5237b35917da3b0206859c5ca6087","label":null,"monotonic_ms":2940000,"notice":null,"occurred_at":"2021-11-01T08:49:00.000+08:00","previous_hash":"6ef4ad17a47c7cf44879fd9130cebfef02a4a39a53c37e03949af2b04a3a16cc","sequence":7,"status":"revoked","subject":"NP-0BjnC5PViSO2V7Vt04S91PGh4-VtepDgJh_c0l54","target":"permission:location"}');
CREATE TABLE identity (
        only INTEGER PRIMARY KEY CHECK (only = 1),
        secret TEXT NOT NULL,
        subject TEXT NOT NULL
    ) STRICT
    ;
INSERT INTO "identity" VALUES(1,'j4m4pC3bM9YuxhNeJMXDWavTBahs0JDfTsTLWhAs_NU','NP-0BjnC5PViSO2V7Vt04S91PGh4-VtepDgJh_c0l54');
CREATE TABLE outbox (
        sequence INTEGER PRIMARY KEY REFERENCES events (sequence),
        state TEXT NOT NULL,
        reason TEXT
    ) STRICT
    ;
INSERT INTO "outbox" VALUES(1,'acknowledged',NULL);
INSERT INTO "outbox" VALUES(2,'acknowledged',NULL);
INSERT INTO "outbox" VALUES(3,'acknowledged',NULL);
INSERT INTO "outbox" VALUES(4,'rejected','the content differs');
INSERT INTO "outbox" VALUES(5,'sent',NULL);
INSERT INTO "outbox" VALUES(6,'sent',NULL);
INSERT INTO "outbox" VALUES(7,'pending',NULL);
CREATE TRIGGER events_are_not_changed BEFORE UPDATE ON events
    BEGIN SELECT RAISE(ABORT, 'the consent record is append-only'); END;
CREATE TRIGGER events_are_not_removed BEFORE DELETE ON events
    BEGIN SELECT RAISE(ABORT, 'the consent record is append-only'); END;
CREATE INDEX outbox_unsettled ON outbox (sequence) WHERE state IN ('pending', 'sent');
COMMIT;
PRAGMA user_version = 1;
