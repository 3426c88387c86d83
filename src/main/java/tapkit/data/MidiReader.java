package tapkit.data;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tapkit.UserError;
import tapkit.data.Score.Change;
import tapkit.data.Score.Note;
import tapkit.data.Score.Tempo;
import tapkit.data.Score.TimeSignature;
import tapkit.port.MidiMessage;

/**
 * Reads one Standard MIDI File. A note ends at the next note-off of its pitch and channel, which ends all that sound there; one
 * without an end lasts a tick.
 */
final class MidiReader {
    private static final int HEADER = chunk("MThd");
    private static final int TRACK = chunk("MTrk");
    private static final int META_TRACK_NAME = 0x03;
    private static final int META_END_OF_TRACK = 0x2F;
    private static final int META_TEMPO = 0x51;
    private static final int META_TIME_SIGNATURE = 0x58;

    private final Path file;
    private final byte[] bytes;
    private final List<Tempo> tempos = new ArrayList<>();
    private final List<TimeSignature> timeSignatures = new ArrayList<>();
    private final List<Note> notes = new ArrayList<>();
    private final List<String> trackNames = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();
    private int at;
    /** Where the chunk ends that is being read. */
    private int end;

    MidiReader(Path file, byte[] bytes) {
        this.file = file;
        this.bytes = bytes;
        this.end = bytes.length;
    }

    static void requireMagic(Path file, byte[] head) {
        if (head.length < 4 || new MidiReader(file, head).int32() != HEADER) {
            throw new UserError(file + ": not a MIDI file (it does not begin with MThd); name a .mid file");
        }
    }

    Score read() {
        at = 4;
        int headerLength = int32();
        int format = int16();
        int trackCount = int16();
        int division = int16();
        if (headerLength < 6) {
            throw damaged(4, "the header has " + headerLength + " bytes instead of 6");
        }
        if (format > 1) {
            throw new UserError(file + ": MIDI file format " + format + "; save it as format 0 or 1");
        }
        if ((division & 0x8000) != 0) {
            throw new UserError(file + ": its time is in SMPTE frames, not in beats; save it with ticks per quarter note");
        }
        if (division == 0) {
            throw damaged(12, "0 ticks per quarter note");
        }
        skip(headerLength - 6);
        // Chunks of other kinds may stand between tracks; whatever follows the last track that the header promises and
        // is no whole track is no music.
        while (trackNames.size() < trackCount || isWholeTrack()) {
            end = bytes.length;
            int kind = int32();
            int length = int32();
            need(length);
            if (kind == TRACK) {
                end = at + length;
                int next = end;
                track();
                at = next;
            } else {
                skip(length);
            }
        }
        return new Score(division, tempos, timeSignatures, notes, trackNames, changes);
    }

    private boolean isWholeTrack() {
        end = bytes.length;
        if (end - at < 8) {
            return false;
        }
        int start = at;
        boolean whole = int32() == TRACK && Integer.compareUnsigned(int32(), end - at) <= 0;
        at = start;
        return whole;
    }

    private void track() {
        int track = trackNames.size();
        trackNames.add("");
        @SuppressWarnings({"unchecked", "rawtypes"}) // Java has no arrays of a generic type
        List<long[]>[] sounding = new List[16 * 128];
        long tick = 0;
        int running = 0;
        while (at < end) {
            tick += varlen();
            int status = uint8();
            if (status == 0xFF) {
                int type = uint8();
                int length = varlen();
                need(length);
                int next = at + length;
                if (type == META_END_OF_TRACK) {
                    break;
                }
                meta(type, length, tick, track);
                at = next;
            } else if (status == 0xF0 || status == 0xF7) {
                skip(varlen());
            } else {
                if (status < 0x80) { // running status: this is already the first data byte
                    status = running;
                    at--;
                }
                if (status < 0x80 || status >= 0xF0) {
                    throw damaged(at, "a MIDI event was expected");
                }
                running = status;
                channelMessage(status, tick, track, sounding);
            }
        }
        for (int key = 0; key < sounding.length; key++) {
            if (sounding[key] != null) {
                for (long[] on : sounding[key]) {
                    notes.add(new Note(on[0], on[0] + 1, track, key >> 7, key & 0x7F, (int) on[1]));
                }
            }
        }
    }

    private void channelMessage(int status, long tick, int track, List<long[]>[] sounding) {
        int kind = status & 0xF0;
        int data1 = data();
        int data2 = kind == 0xC0 || kind == 0xD0 ? 0 : data();
        int key = ((status & 0x0F) << 7) | data1;
        if (kind == 0x90 && data2 > 0) {
            if (sounding[key] == null) {
                sounding[key] = new ArrayList<>(1);
            }
            sounding[key].add(new long[]{tick, data2});
        } else if ((kind == 0x80 || kind == 0x90) && sounding[key] != null) {
            for (long[] on : sounding[key]) {
                notes.add(new Note(on[0], tick, track, status & 0x0F, data1, (int) on[1]));
            }
            sounding[key] = null;
        } else if (kind != 0x80 && kind != 0x90) {
            changes.add(new Change(tick, track, MidiMessage.pack(status, data1, data2)));
        }
    }

    private void meta(int type, int length, long tick, int track) {
        int start = at;
        switch (type) {
            case META_TRACK_NAME -> {
                if (trackNames.get(track).isEmpty()) {
                    trackNames.set(track, new String(bytes, at, length, StandardCharsets.UTF_8));
                }
            }
            case META_TEMPO -> {
                int micros = length == 3 ? (uint8() << 16) | int16() : 0;
                if (micros == 0) {
                    throw damaged(start, "the tempo cannot be read");
                }
                tempos.add(new Tempo(tick, micros));
            }
            case META_TIME_SIGNATURE -> {
                int numerator = length >= 2 ? uint8() : 0;
                int power = numerator == 0 ? 0 : uint8();
                if (numerator == 0 || power > 8) {
                    throw damaged(start, "the metre cannot be read");
                }
                timeSignatures.add(new TimeSignature(tick, numerator, 1 << power));
            }
            default -> {
                // Keys, texts, lyrics: nothing that sounds.
            }
        }
    }

    private int data() {
        int value = uint8();
        if (value > 0x7F) {
            throw damaged(at - 1, "a data byte was expected");
        }
        return value;
    }

    private int varlen() {
        int start = at;
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int b = uint8();
            value = (value << 7) | (b & 0x7F);
            if (b < 0x80) {
                return value;
            }
        }
        throw damaged(start, "a length of more than 4 bytes");
    }

    private int uint8() {
        need(1);
        return bytes[at++] & 0xFF;
    }

    private int int16() {
        return (uint8() << 8) | uint8();
    }

    private int int32() {
        return (int16() << 16) | int16();
    }

    private void skip(int length) {
        need(length);
        at += length;
    }

    private void need(int length) {
        if (Integer.compareUnsigned(length, end - at) <= 0) {
            return;
        }
        if (end == bytes.length) {
            throw new UserError(file + ": cut off at byte " + bytes.length + "; copy it again from its source");
        }
        throw damaged(at, "track " + trackNames.size() + " ends in the middle of an event");
    }

    private UserError damaged(int offset, String what) {
        return new UserError(file + ": damaged at byte " + offset + ": " + what + "; export it again from its source");
    }

    private static int chunk(String name) {
        return (name.charAt(0) << 24) | (name.charAt(1) << 16) | (name.charAt(2) << 8) | name.charAt(3);
    }
}
