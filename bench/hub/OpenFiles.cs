using System.Globalization;

namespace Laurel.Bench.Hub;

/// <summary>How many files this system lets a process open. .NET takes all that it may.</summary>
internal static class OpenFiles
{
    private const string Limits = "/proc/self/limits";
    private const string Name = "Max open files";

    // For all that is no viewer.
    private const int Reserve = 500;

    /// <summary>Those that can be viewers' connections; null when it is not known.</summary>
    public static int? Spare
    {
        get
        {
            if (!File.Exists(Limits))
                return null;
            var line = File.ReadLines(Limits).FirstOrDefault(static line => line.StartsWith(Name, StringComparison.Ordinal));
            var most = line?[Name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(1);
            return int.TryParse(most, NumberStyles.None, CultureInfo.InvariantCulture, out var files) ? files - Reserve : null;
        }
    }
}
