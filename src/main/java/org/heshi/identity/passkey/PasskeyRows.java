package org.heshi.identity.passkey;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.kernel.Uuid7;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.web.webauthn.api.AuthenticatorTransport;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.CredentialRecord;
import org.springframework.security.web.webauthn.api.ImmutableCredentialRecord;
import org.springframework.security.web.webauthn.api.ImmutablePublicKeyCose;
import org.springframework.security.web.webauthn.api.ImmutablePublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialType;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.management.PublicKeyCredentialUserEntityRepository;
import org.springframework.security.web.webauthn.management.UserCredentialRepository;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** Passkeys and the handles of their owners in PostgreSQL, as Spring Security asks for them. Names of users are ids of persons here. */
@Repository
class PasskeyRows implements UserCredentialRepository {

    private static final String SELECT = """
            select p.*, o.handle from identity.passkey p join identity.passkey_owner o using (person)
            """;

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final InstantSource clock;

    PasskeyRows(JdbcClient jdbc, TransactionTemplate transactions, InstantSource clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public void save(CredentialRecord key) {
        inside(() -> jdbc.sql("""
                insert into identity.passkey (id, person, credential, public_key, sign_count, uv_initialized, backup_eligible, backup_state, transports,
                                              attestation, attestation_client, label, created_at, used_at)
                values (:id, (select person from identity.passkey_owner where handle = :handle), :credential, :publicKey, :signCount, :uv, :eligible, :backup,
                        :transports, :attestation, :attestationClient, :label, :created, :used)
                on conflict (credential) do update set sign_count = excluded.sign_count, uv_initialized = excluded.uv_initialized,
                                                       backup_state = excluded.backup_state, used_at = excluded.used_at
                 where identity.passkey.person = excluded.person""")
                .param("id", Uuid7.at(clock.instant())).param("handle", key.getUserEntityUserId().getBytes())
                .param("credential", key.getCredentialId().getBytes()).param("publicKey", key.getPublicKey().getBytes())
                .param("signCount", key.getSignatureCount()).param("uv", key.isUvInitialized()).param("eligible", key.isBackupEligible())
                .param("backup", key.isBackupState())
                .param("transports", key.getTransports().stream().map(AuthenticatorTransport::getValue).sorted().collect(Collectors.joining(",")))
                .param("attestation", bytes(key.getAttestationObject())).param("attestationClient", bytes(key.getAttestationClientDataJSON()))
                .param("label", key.getLabel()).param("created", at(key.getCreated())).param("used", at(clock.instant())).update());
    }

    @Override
    public @Nullable CredentialRecord findByCredentialId(Bytes credential) {
        return inside(() -> jdbc.sql(SELECT + "where p.credential = ?").param(credential.getBytes()).query(PasskeyRows::key).optional()).orElse(null);
    }

    @Override
    public List<CredentialRecord> findByUserId(Bytes handle) {
        return inside(() -> jdbc.sql(SELECT + "where o.handle = ? order by p.created_at").param(handle.getBytes()).query(PasskeyRows::key).list());
    }

    @Override
    public void delete(Bytes credential) {
        inside(() -> jdbc.sql("delete from identity.passkey where credential = ?").param(credential.getBytes()).update());
    }

    List<Passkeys.Passkey> of(UUID person) {
        return inside(() -> jdbc.sql("select id, label, created_at, used_at from identity.passkey where person = ? order by created_at").param(person)
                .query((row, _) -> new Passkeys.Passkey(row.getObject("id", UUID.class), row.getString("label"), instant(row, "created_at"),
                        instant(row, "used_at")))
                .list());
    }

    int remove(UUID person, UUID passkey) {
        return inside(() -> jdbc.sql("delete from identity.passkey where person = ? and id = ?").param(person).param(passkey).update());
    }

    int removeAll(UUID person) {
        return inside(() -> jdbc.sql("delete from identity.passkey where person = ?").param(person).update());
    }

    /** The person's handle; made at the first passkey. */
    byte[] handle(UUID person) {
        return inside(() -> {
            jdbc.sql("insert into identity.passkey_owner (person, handle) values (?, ?) on conflict (person) do nothing")
                    .param(person).param(Bytes.random().getBytes()).update();
            return jdbc.sql("select handle from identity.passkey_owner where person = ?").param(person).query(byte[].class).single();
        });
    }

    Optional<UUID> owner(Bytes handle) {
        return inside(() -> jdbc.sql("select person from identity.passkey_owner where handle = ?").param(handle.getBytes()).query(UUID.class).optional());
    }

    /** Owners, as Spring Security asks for them; none is made or removed by it. */
    PublicKeyCredentialUserEntityRepository owners(java.util.function.Function<UUID, String> nameOf) {
        return new PublicKeyCredentialUserEntityRepository() {

            @Override
            public @Nullable PublicKeyCredentialUserEntity findById(Bytes handle) {
                return owner(handle).map(person -> entity(person, handle)).orElse(null);
            }

            @Override
            public PublicKeyCredentialUserEntity findByUsername(String person) {
                UUID id = UUID.fromString(person);
                return entity(id, new Bytes(handle(id)));
            }

            @Override
            public void save(PublicKeyCredentialUserEntity owner) {
                throw new IllegalStateException("owners of passkeys are made with their handle");
            }

            @Override
            public void delete(Bytes handle) {
                throw new IllegalStateException("owners of passkeys stay with their account");
            }

            private PublicKeyCredentialUserEntity entity(UUID person, Bytes handle) {
                String name = nameOf.apply(person);
                return ImmutablePublicKeyCredentialUserEntity.builder().id(handle).name(name).displayName(name).build();
            }
        };
    }

    private static CredentialRecord key(ResultSet row, int number) throws SQLException {
        byte[] attestation = row.getBytes("attestation");
        byte[] client = row.getBytes("attestation_client");
        Set<AuthenticatorTransport> transports = Arrays.stream(row.getString("transports").split(",")).filter(name -> !name.isEmpty())
                .map(AuthenticatorTransport::valueOf).collect(Collectors.toSet());
        var key = ImmutableCredentialRecord.builder().credentialType(PublicKeyCredentialType.PUBLIC_KEY)
                .credentialId(new Bytes(row.getBytes("credential"))).userEntityUserId(new Bytes(row.getBytes("handle")))
                .publicKey(new ImmutablePublicKeyCose(row.getBytes("public_key"))).signatureCount(row.getLong("sign_count"))
                .uvInitialized(row.getBoolean("uv_initialized")).backupEligible(row.getBoolean("backup_eligible")).backupState(row.getBoolean("backup_state"))
                .transports(transports).label(row.getString("label")).created(instant(row, "created_at")).lastUsed(instant(row, "used_at"));
        if (attestation != null) {
            key.attestationObject(new Bytes(attestation));
        }
        if (client != null) {
            key.attestationClientDataJSON(new Bytes(client));
        }
        return key.build();
    }

    private static byte @Nullable [] bytes(@Nullable Bytes some) {
        return some == null ? null : some.getBytes();
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private <T> T inside(Supplier<T> work) {
        return Objects.requireNonNull(Acting.as(new Actor.Machine("identity"), () -> transactions.execute(_ -> work.get())));
    }
}
