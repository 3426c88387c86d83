/**
 * Whether this machine is fit to play on stage: real checks, each of which says in plain words what it found and what to change. A new
 * check is a method that returns a {@link tapkit.doctor.Finding}, called by {@link tapkit.doctor.Doctor}.
 */
package tapkit.doctor;
