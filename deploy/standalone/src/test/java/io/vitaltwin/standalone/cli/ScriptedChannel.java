package io.vitaltwin.standalone.cli;

import io.vitaltwin.alerts.channel.Address;
import io.vitaltwin.alerts.channel.Channel;
import io.vitaltwin.alerts.channel.Delivery;
import io.vitaltwin.alerts.message.Message;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A channel whose receiver answers as told, and then with success. */
final class ScriptedChannel implements Channel {

    /** Longer than any test takes: a receiver that hangs. */
    private static final long HANG_SECONDS = 60;

    private final String name;
    private final Queue<Delivery> answers = new ArrayDeque<>();
    private final List<Message> received = new CopyOnWriteArrayList<>();
    private final CountDownLatch letGo;

    ScriptedChannel(String name, boolean hangs, Delivery... answers) {
        this.name = name;
        this.letGo = new CountDownLatch(hangs ? 1 : 0);
        this.answers.addAll(List.of(answers));
    }

    /** What reached the receiver, whatever it answered. */
    List<Message> received() {
        return received;
    }

    void letGo() {
        letGo.countDown();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean bundles() {
        return name.equals("email");
    }

    @Override
    public boolean follows() {
        return name.equals("webhook");
    }

    @Override
    public Delivery send(Message message, Address to) {
        received.add(message);
        try {
            if (!letGo.await(HANG_SECONDS, TimeUnit.SECONDS)) {
                return new Delivery.Transient("hung");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Delivery.Transient("interrupted");
        }
        Delivery answer = answers.poll();
        return answer == null ? new Delivery.Delivered("r-" + message.id()) : answer;
    }

    @Override
    public void close() {
        letGo();
    }
}
