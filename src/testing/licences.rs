//! Licences in states that the application's rules would need two officers for.

use uuid::Uuid;

use super::TestApp;

impl TestApp {
    /// Puts the licence of this id, those of the person of this id, or without an id all, in a state. Their history
    /// says nothing of it.
    pub async fn put_licences(&self, of: Option<Uuid>, state: &str) {
        let mut tx = self.owner.begin().await.unwrap();
        for statement in [
            "ALTER TABLE licences DISABLE TRIGGER USER",
            "UPDATE licences SET state = $1 WHERE $2::uuid IS NULL OR $2 IN (id, person_id)",
            "ALTER TABLE licences ENABLE TRIGGER USER",
        ] {
            let mut query = sqlx::query(statement);
            if statement.starts_with("UPDATE") {
                query = query.bind(state).bind(of);
            }
            query.execute(&mut *tx).await.unwrap();
        }
        tx.commit().await.unwrap();
    }
}
