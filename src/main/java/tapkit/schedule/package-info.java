/**
 * From hits to messages in time: note-ons with their note-offs, in order of their deadlines, handed over a lead before they are
 * due. Time is a parameter; where the messages go is a {@link tapkit.schedule.Schedule.Sink}.
 */
package tapkit.schedule;
