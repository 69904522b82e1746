//! Synthetic people for tests, written by the owner where the application's rules would need a long story.

use std::sync::atomic::{AtomicU32, Ordering};

use uuid::Uuid;

use super::TestApp;
use crate::access::Role;
use crate::server::keys::Purpose;

static NEXT: AtomicU32 = AtomicU32::new(1);

/// A national ID of the synthetic range with its right check digit.
pub fn national_id(serial: u32) -> String {
    let stem = format!("1{serial:08}");
    let sum: u32 = stem
        .chars()
        .enumerate()
        .map(|(index, c)| {
            let digit = c.to_digit(10).unwrap();
            if index % 2 == 0 { digit * 2 / 10 + digit * 2 % 10 } else { digit }
        })
        .sum();
    format!("{stem}{}", (10 - sum % 10) % 10)
}

/// A mobile of the synthetic range.
pub fn mobile(serial: u32) -> String {
    format!("+9665{serial:08}")
}

impl TestApp {
    /// Takes away what a record says of a person, as an erasure does; their licences stay.
    pub async fn erase(&self, person: Uuid) {
        sqlx::query(
            "UPDATE persons SET given_name = NULL, father_name = NULL, grandfather_name = NULL, family_name = NULL,
                 latin_name = NULL, name_key = NULL, profile_completed_at = NULL WHERE id = $1",
        )
        .bind(person)
        .execute(&self.pool)
        .await
        .unwrap();
    }

    /// A grown-up with a complete profile and an account; identity not verified.
    pub async fn person(&self) -> Uuid {
        let serial = NEXT.fetch_add(1, Ordering::Relaxed);
        self.person_with(&national_id(serial), &mobile(serial), "1990-05-17").await
    }

    /// A complete person with this ID, mobile and birth date.
    pub async fn person_with(&self, national_id: &str, mobile: &str, birth: &str) -> Uuid {
        let keys = &self.state.config.keys;
        let person: Uuid = sqlx::query_scalar(
            "INSERT INTO persons (national_id_sealed, national_id_hash, given_name, father_name, grandfather_name,
                 family_name, name_key, latin_name, birth_date_sealed, email, region, city, profile_completed_at)
             VALUES ($1, $2, 'محمد', 'عبد الله', 'سعد', 'القحطاني', 'محمد عبدالله سعد القحطاني', 'Mohammed Alqahtani',
                 $3, 'm@example.org', 'riyadh', 'riyadh', now()) RETURNING id",
        )
        .bind(keys.seal(Purpose::NationalId, national_id))
        .bind(keys.hash("national-id", national_id))
        .bind(keys.seal(Purpose::BirthDate, birth))
        .fetch_one(&self.owner)
        .await
        .unwrap();
        sqlx::query(
            "INSERT INTO accounts (person_id, national_id_hash, mobile_sealed, mobile_hash) VALUES ($1, $2, $3, $4)",
        )
        .bind(person)
        .bind(keys.hash("national-id", national_id))
        .bind(keys.seal(Purpose::Mobile, mobile))
        .bind(keys.hash("mobile", mobile))
        .execute(&self.owner)
        .await
        .unwrap();
        person
    }

    /// A person whose identity the single sign-on verified.
    pub async fn verified_person(&self) -> Uuid {
        let person = self.person().await;
        self.verify(person).await;
        person
    }

    /// Verifies a person's identity as the single sign-on does.
    pub async fn verify(&self, person: Uuid) {
        sqlx::query(
            "INSERT INTO identity_confirmations (person_id, method, confirmed_at) VALUES ($1, 'single_sign_on', $2)",
        )
        .bind(person)
        .bind(self.clock.now())
        .execute(&self.pool)
        .await
        .unwrap();
    }

    /// A verified person with a staff role.
    pub async fn staff(&self, role: Role) -> Uuid {
        let person = self.verified_person().await;
        sqlx::query("INSERT INTO staff_roles (person_id, role, granted_at) VALUES ($1, $2, $3)")
            .bind(person)
            .bind(role.code())
            .bind(self.clock.now())
            .execute(&self.pool)
            .await
            .unwrap();
        person
    }
}
