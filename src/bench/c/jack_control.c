/*
 * What the machine alone does to JACK clients: five in C, connected as the five of `bench timing` are, whose calls are measured by the
 * rule of tapkit.port.jack.CallbackMeter. Run it on a server of its own beside the bench; docs/timing.md says how.
 *
 *     jack_control SERVER SECONDS [WORK_NANOS]
 *
 * WORK_NANOS: each call computes for so long (2000 where nothing is said), as a call of tapkit's does: what the host's stalls hit is
 * the time that clients spend in their calls. Declares by itself what it needs of libjack, so that no headers need be installed.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

typedef struct jack_client jack_client_t;
typedef struct jack_port jack_port_t;
typedef struct {
    uint32_t time;
    size_t size;
    unsigned char *buffer;
} jack_midi_event_t;
extern jack_client_t *jack_client_open(const char *, int, int *, ...);
extern jack_port_t *jack_port_register(jack_client_t *, const char *, const char *, unsigned long, unsigned long);
extern int jack_set_process_callback(jack_client_t *, int (*)(uint32_t, void *), void *);
extern int jack_set_xrun_callback(jack_client_t *, int (*)(void *), void *);
extern int jack_activate(jack_client_t *);
extern int jack_connect(jack_client_t *, const char *, const char *);
extern int jack_client_close(jack_client_t *);
extern uint32_t jack_frames_since_cycle_start(const jack_client_t *);
extern void *jack_port_get_buffer(jack_port_t *, uint32_t);
extern void jack_midi_clear_buffer(void *);
extern int jack_midi_event_write(void *, uint32_t, const unsigned char *, size_t);
extern uint32_t jack_midi_get_event_count(void *);
extern int jack_midi_event_get(jack_midi_event_t *, void *, uint32_t);
extern uint32_t jack_get_sample_rate(jack_client_t *);

enum { NO_START_SERVER = 1, SERVER_NAME = 4, IS_INPUT = 1, IS_OUTPUT = 2, CLIENTS = 5 };
/* What share of a period, as 1 in so many, a call may take, as in CallbackMeter. */
enum { SHARE = 8 };
/* Calls are counted in steps of a tenth of a microsecond, up to 10 ms. */
enum { STEP_NANOS = 100, STEPS = 100000 };

struct client {
    jack_client_t *jack;
    jack_port_t *in;
    jack_port_t *out;
    int sends;
    uint64_t sent_nanos;
    uint32_t counts[STEPS];
    uint64_t calls, longest, overruns;
};

static struct client clients[CLIENTS];
static uint64_t work_nanos = 2000;
static uint64_t rate;
static volatile uint64_t xruns;
static volatile int measuring;

static uint64_t now_nanos(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t) now.tv_sec * 1000000000u + (uint64_t) now.tv_nsec;
}

/* Sends a note every 9.973 ms, or passes on what comes in. */
static void serve(struct client *c, uint32_t frames, uint64_t now) {
    void *out = jack_port_get_buffer(c->out, frames);
    void *in = jack_port_get_buffer(c->in, frames);
    jack_midi_clear_buffer(out);
    if (c->sends) {
        const unsigned char note[] = {0x99, 36, 100};
        if (now >= c->sent_nanos + 9973000) {
            c->sent_nanos = now;
            jack_midi_event_write(out, frames / 2, note, sizeof note);
        }
    } else {
        jack_midi_event_t event;
        for (uint32_t i = 0; i < jack_midi_get_event_count(in); i++) {
            if (jack_midi_event_get(&event, in, i) == 0) {
                jack_midi_event_write(out, event.time, event.buffer, event.size);
            }
        }
    }
}

static int process(uint32_t frames, void *argument) {
    struct client *c = argument;
    const uint64_t period = frames * 1000000000ull / rate;
    const uint64_t begun = now_nanos();
    const uint64_t due = begun + period - jack_frames_since_cycle_start(c->jack) * 1000000000ull / rate;
    serve(c, frames, begun);
    while (now_nanos() < begun + work_nanos) {
    }
    const uint64_t ended = now_nanos();
    const uint64_t took = ended - begun;
    if (measuring) {
        c->counts[took / STEP_NANOS < STEPS ? took / STEP_NANOS : STEPS - 1]++;
        c->calls++;
        c->longest = took > c->longest ? took : c->longest;
        c->overruns += ended > due && (begun + period / SHARE <= due || took > period);
    }
    return 0;
}

static int missed(void *unused) {
    (void) unused;
    xruns += measuring ? 1 : 0;
    return 0;
}

static double micros_at(double share, uint64_t calls) {
    uint64_t below = 0;
    for (int step = 0; step < STEPS; step++) {
        for (int i = 0; i < CLIENTS; i++) {
            below += clients[i].counts[step];
        }
        if ((double) below >= share * (double) calls) {
            return (step + 1) * STEP_NANOS / 1e3;
        }
    }
    return STEPS * STEP_NANOS / 1e3;
}

static void connect_ports(int from, int to) {
    char output[64], input[64];
    snprintf(output, sizeof output, "control-%d:out", from);
    snprintf(input, sizeof input, "control-%d:in", to);
    if (jack_connect(clients[from].jack, output, input) != 0) {
        fprintf(stderr, "jack_control: cannot connect %s to %s\n", output, input);
        exit(1);
    }
}

int main(int count, char **arguments) {
    if (count < 3) {
        fprintf(stderr, "usage: jack_control SERVER SECONDS [WORK_NANOS]\n");
        return 2;
    }
    if (count > 3) {
        work_nanos = strtoull(arguments[3], NULL, 10);
    }
    for (int i = 0; i < CLIENTS; i++) {
        struct client *c = &clients[i];
        char name[32];
        snprintf(name, sizeof name, "control-%d", i);
        c->jack = jack_client_open(name, NO_START_SERVER | SERVER_NAME, NULL, arguments[1]);
        if (c->jack == NULL) {
            fprintf(stderr, "jack_control: no JACK server \"%s\"; start one: jackd -n %s -S -d dummy -r 48000 -p 128\n", arguments[1],
                    arguments[1]);
            return 1;
        }
        rate = jack_get_sample_rate(c->jack);
        c->in = jack_port_register(c->jack, "in", "8 bit raw midi", IS_INPUT, 0);
        c->out = jack_port_register(c->jack, "out", "8 bit raw midi", IS_OUTPUT, 0);
        c->sends = i == 0 || i == 2;
        jack_set_process_callback(c->jack, process, c);
    }
    jack_set_xrun_callback(clients[0].jack, missed, NULL);
    for (int i = 0; i < CLIENTS; i++) {
        jack_activate(clients[i].jack);
    }
    connect_ports(0, 1); /* drums to ears */
    connect_ports(2, 3); /* hands to player */
    connect_ports(3, 4); /* player to ears */
    sleep(1);
    measuring = 1;
    sleep((unsigned) atoi(arguments[2]));
    measuring = 0;
    uint64_t calls = 0, longest = 0, overruns = 0;
    for (int i = 0; i < CLIENTS; i++) {
        calls += clients[i].calls;
        longest = clients[i].longest > longest ? clients[i].longest : longest;
        overruns += clients[i].overruns;
    }
    printf("%llu calls: p50 %.1f us, p99 %.1f, p99.9 %.1f, max %.1f; held up %llu of %llu missed periods\n",
            (unsigned long long) calls, micros_at(.5, calls), micros_at(.99, calls), micros_at(.999, calls), (double) longest / 1e3,
            (unsigned long long) overruns, (unsigned long long) xruns);
    for (int i = 0; i < CLIENTS; i++) {
        jack_client_close(clients[i].jack);
    }
    return 0;
}
