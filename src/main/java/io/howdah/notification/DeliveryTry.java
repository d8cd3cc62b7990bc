package io.howdah.notification;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** One try to deliver a message, written once. */
@Entity
@Table(name = "delivery_try")
class DeliveryTry {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    long id;

    @Column(name = "delivery_id")
    UUID deliveryId;

    Instant at;
    Integer status;
    long millis;
    String answer;
    String error;
}
