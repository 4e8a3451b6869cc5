using System.Globalization;
using System.Text;

namespace Laurel.ApiFrontend;

/// <summary>Prometheus' text format, version 0.0.4.</summary>
internal static class PrometheusText
{
    /// <summary>The content type.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>All series. Instruments of the same name are written as one, since the format wants each name once.</summary>
    /// <param name="instruments">Sorted by name.</param>
    public static string Write(IReadOnlyList<InstrumentSeries> instruments)
    {
        var text = new StringBuilder(16 * 1024);
        string? name = null;
        foreach (var instrument in instruments)
        {
            if (instrument.All.IsEmpty)
                continue;
            if (instrument.Name != name)
            {
                name = instrument.Name;
                text.Append("# HELP ").Append(name).Append(' ').Append(EscapeHelp(instrument.Help)).Append('\n');
                text.Append("# TYPE ").Append(name).Append(' ').Append(instrument.Kind).Append('\n');
            }

            foreach (var series in instrument.All)
            {
                if (instrument.Bounds.Length > 0)
                    WriteHistogram(text, instrument, series);
                else
                    WriteSample(text, name, "", series.Labels.Text, series.Value);
            }
        }

        return text.ToString();
    }

    private static void WriteHistogram(StringBuilder text, InstrumentSeries instrument, Series series)
    {
        var labels = series.Labels.Text;
        var separator = labels.Length == 0 ? "" : ",";
        var count = 0L;
        for (var i = 0; i <= instrument.Bounds.Length; i++)
        {
            count += series.CountIn(i);
            var bound = i < instrument.Bounds.Length ? Format(instrument.Bounds[i]) : "+Inf";
            WriteSample(text, instrument.Name, "_bucket", $"{labels}{separator}le=\"{bound}\"", count);
        }

        WriteSample(text, instrument.Name, "_sum", labels, series.Value);
        WriteSample(text, instrument.Name, "_count", labels, count);
    }

    private static void WriteSample(StringBuilder text, string name, string suffix, string labels, double value)
    {
        text.Append(name).Append(suffix);
        if (labels.Length > 0)
            text.Append('{').Append(labels).Append('}');
        text.Append(' ').Append(Format(value)).Append('\n');
    }

    private static string Format(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private static string EscapeHelp(string help) =>
        help.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
