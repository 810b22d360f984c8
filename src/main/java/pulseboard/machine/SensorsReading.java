package pulseboard.machine;

import java.util.Map;

/**
 * What the machine's sensors show, by label.
 *
 * @param celsius temperatures
 * @param criticalCelsius from where on the maker says that it must not go on, for those of which that is known
 * @param fans revolutions per minute
 * @param batteries charge and state of each battery
 */
public record SensorsReading(
        Map<String, Double> celsius,
        Map<String, Double> criticalCelsius,
        Map<String, Long> fans,
        Map<String, Battery> batteries) {

    /** One that knows of no limits. */
    public SensorsReading(Map<String, Double> celsius, Map<String, Long> fans, Map<String, Battery> batteries) {
        this(celsius, Map.of(), fans, batteries);
    }

    /**
     * One battery.
     *
     * @param chargePercent 0 to 100; negative where it is not known
     * @param status the system's word, for example {@code Discharging}
     */
    public record Battery(int chargePercent, String status) {}
}
