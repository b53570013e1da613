<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>A model is fetched with its licence.</source>
        <translation>Ein Modell wird mit seiner Lizenz geholt.</translation>
    </message>
    <message>
        <source>About InPhotos</source>
        <translation>Über InPhotos</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the versions, for a report of a mistake</source>
        <translation>Die Versionen kopieren, um einen Fehler zu melden</translation>
    </message>
    <message>
        <source>Finds your own photos by what you remember of them.
On your own computer, with nothing uploaded.</source>
        <translation>Findet Ihre Fotos nach dem, woran Sie sich erinnern.
Auf Ihrem eigenen Computer, ohne etwas hochzuladen.</translation>
    </message>
    <message>
        <source>InPhotos is free software under the GNU General Public License, version 3 or later (GPL-3.0-or-later). It comes without any warranty.</source>
        <translation>InPhotos ist freie Software unter der GNU General Public License, Version 3 oder neuer (GPL-3.0-or-later). Es kommt ohne jede Gewährleistung.</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>Lizenzen</translation>
    </message>
    <message>
        <source>Model {name}</source>
        <translation>Modell {name}</translation>
    </message>
    <message>
        <source>Packages and models</source>
        <translation>Pakete und Modelle</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>Bestandteil</translation>
    </message>
    <message>
        <source>Text of the licence</source>
        <translation>Text der Lizenz</translation>
    </message>
    <message>
        <source>This package brings no text of its licence.</source>
        <translation>Dieses Paket enthält keinen Lizenztext.</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>Versionen</translation>
    </message>
    <message>
        <source>not stated by its publisher</source>
        <translation>vom Herausgeber nicht angegeben</translation>
    </message>
    <message>
        <source>see the text</source>
        <translation>siehe Text</translation>
    </message>
</context>
<context>
    <name>AlikeActions</name>
    <message>
        <source>Fold Photos That Are Alike</source>
        <translation>Ähnliche Aufnahmen zusammenfassen</translation>
    </message>
</context>
<context>
    <name>AlikePanel</name>
    <message>
        <source>Comparing photos…</source>
        <translation>Fotos werden verglichen…</translation>
    </message>
    <message>
        <source>How different versions of one photo may be</source>
        <translation>Wie verschieden Fassungen eines Fotos sein dürfen</translation>
    </message>
    <message>
        <source>Loose</source>
        <translation>Großzügig</translation>
    </message>
    <message>
        <source>Strict</source>
        <translation>Streng</translation>
    </message>
</context>
<context>
    <name>AnswerRow</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>AppearancePage</name>
    <message>
        <source>Appearance</source>
        <translation>Erscheinungsbild</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Dark is easier on the eyes at night; like the system, it changes by itself.</source>
        <translation>Dunkel schont nachts die Augen; „Wie das System“ wechselt von selbst.</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Like the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Of menus and messages; it holds from the next start on. What you can search for depends on the model.</source>
        <translation>Von Menüs und Meldungen; gilt ab dem nächsten Start. Wonach Sie suchen können, hängt vom Modell ab.</translation>
    </message>
</context>
<context>
    <name>ApplicationsMenu</name>
    <message>
        <source>Add to the Applications Menu</source>
        <translation>Zum Anwendungsmenü hinzufügen</translation>
    </message>
    <message>
        <source>InPhotos is in the applications menu now, and under “Open With” for photos: there it searches for photos like that one.</source>
        <translation>InPhotos steht jetzt im Anwendungsmenü und bei Fotos unter „Öffnen mit“: Dort sucht es Fotos wie dieses.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
</context>
<context>
    <name>Arranging</name>
    <message>
        <source>Group By</source>
        <translation>Gruppieren nach</translation>
    </message>
    <message>
        <source>Sort By</source>
        <translation>Sortieren nach</translation>
    </message>
</context>
<context>
    <name>BackForward</name>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>Vorwärts</translation>
    </message>
</context>
<context>
    <name>BackupActions</name>
    <message>
        <source>1 folder</source>
        <translation>1 Ordner</translation>
    </message>
    <message>
        <source>1 photo shows its marks once it has been read.</source>
        <translation>1 Foto zeigt seine Markierungen, sobald es gelesen ist.</translation>
    </message>
    <message>
        <source>1 saved search</source>
        <translation>1 gespeicherte Suche</translation>
    </message>
    <message>
        <source>1 setting</source>
        <translation>1 Einstellung</translation>
    </message>
    <message>
        <source>All that is in the backup is in the library already.</source>
        <translation>Alles aus der Sicherung ist schon in der Bibliothek.</translation>
    </message>
    <message>
        <source>Back Up Marks and Searches…</source>
        <translation>Markierungen und Suchen sichern…</translation>
    </message>
    <message>
        <source>Back up marks and searches</source>
        <translation>Markierungen und Suchen sichern</translation>
    </message>
    <message>
        <source>Backed up in {name}: {parts}.</source>
        <translation>Gesichert in {name}: {parts}.</translation>
    </message>
    <message>
        <source>Backups</source>
        <translation>Sicherungen</translation>
    </message>
    <message>
        <source>InPhotos backup {day}</source>
        <translation>InPhotos-Sicherung {day}</translation>
    </message>
    <message>
        <source>Restore from a Backup…</source>
        <translation>Aus einer Sicherung wiederherstellen…</translation>
    </message>
    <message>
        <source>Restore from a backup</source>
        <translation>Aus einer Sicherung wiederherstellen</translation>
    </message>
    <message>
        <source>Restored: {parts}.</source>
        <translation>Wiederhergestellt: {parts}.</translation>
    </message>
    <message>
        <source>Show in File Manager</source>
        <translation>Im Dateimanager zeigen</translation>
    </message>
    <message>
        <source>There is no backup of the last changes yet. {reason}</source>
        <translation>Von den letzten Änderungen gibt es noch keine Sicherung. {reason}</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>What is different in the library stayed as it is: {count}.</source>
        <translation>Was in der Bibliothek anders ist, blieb, wie es ist: {count}.</translation>
    </message>
    <message>
        <source>restoring a backup</source>
        <translation>Wiederherstellen einer Sicherung</translation>
    </message>
    <message>
        <source>the marks of 1 photo</source>
        <translation>die Markierungen von 1 Foto</translation>
    </message>
    <message>
        <source>the marks of {count} photos</source>
        <translation>die Markierungen von {count} Fotos</translation>
    </message>
    <message>
        <source>{count} folders</source>
        <translation>{count} Ordner</translation>
    </message>
    <message>
        <source>{count} photos show their marks once they have been read.</source>
        <translation>{count} Fotos zeigen ihre Markierungen, sobald sie gelesen sind.</translation>
    </message>
    <message>
        <source>{count} saved searches</source>
        <translation>{count} gespeicherte Suchen</translation>
    </message>
    <message>
        <source>{count} settings</source>
        <translation>{count} Einstellungen</translation>
    </message>
</context>
<context>
    <name>Bar</name>
    <message>
        <source>100 %</source>
        <translation>100 %</translation>
    </message>
    <message>
        <source>200 %</source>
        <translation>200 %</translation>
    </message>
    <message>
        <source>Back to the Photos</source>
        <translation>Zurück zu den Fotos</translation>
    </message>
    <message>
        <source>Compare with the Next Photo</source>
        <translation>Mit dem nächsten Foto vergleichen</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Einpassen</translation>
    </message>
    <message>
        <source>Information</source>
        <translation>Informationen</translation>
    </message>
    <message>
        <source>Open with the System's Viewer</source>
        <translation>Im Programm des Systems öffnen</translation>
    </message>
    <message>
        <source>Rating: {stars} of 5</source>
        <translation>Bewertung: {stars} von 5</translation>
    </message>
    <message>
        <source>Rotate Left</source>
        <translation>Nach links drehen</translation>
    </message>
    <message>
        <source>Rotate Right</source>
        <translation>Nach rechts drehen</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Size: {size}</source>
        <translation>Größe: {size}</translation>
    </message>
</context>
<context>
    <name>BusySign</name>
    <message>
        <source>Loading the model…</source>
        <translation>Modell wird geladen…</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>Suche läuft…</translation>
    </message>
</context>
<context>
    <name>Canvas</name>
    <message>
        <source>Photo</source>
        <translation>Foto</translation>
    </message>
</context>
<context>
    <name>CheatSheet</name>
    <message>
        <source>Change Keys…</source>
        <translation>Tasten ändern…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Keyboard Shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
</context>
<context>
    <name>Chip</name>
    <message>
        <source>Enter edits it, Delete removes it</source>
        <translation>Eingabetaste bearbeitet, Entf entfernt</translation>
    </message>
    <message>
        <source>Filter: {label}</source>
        <translation>Filter: {label}</translation>
    </message>
    <message>
        <source>Not understood: {label}. {message}</source>
        <translation>Nicht verstanden: {label}. {message}</translation>
    </message>
    <message>
        <source>Search for: {label}</source>
        <translation>Suche nach: {label}</translation>
    </message>
</context>
<context>
    <name>CrashDialog</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Crash Report</source>
        <translation>Absturzbericht</translation>
    </message>
    <message>
        <source>Crash report</source>
        <translation>Absturzbericht</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>This report stays on this computer; nothing is sent. It names no photo and no search. You may copy it into a message to the developers.</source>
        <translation>Dieser Bericht bleibt auf diesem Computer; nichts wird gesendet. Er nennt kein Foto und keine Suche. Sie können ihn in eine Nachricht an die Entwickler kopieren.</translation>
    </message>
</context>
<context>
    <name>CrashNotices</name>
    <message>
        <source>InPhotos ended unexpectedly the last time. Your photos were not touched.</source>
        <translation>InPhotos wurde beim letzten Mal unerwartet beendet. Ihre Fotos wurden nicht angerührt.</translation>
    </message>
    <message>
        <source>Show Report</source>
        <translation>Bericht zeigen</translation>
    </message>
</context>
<context>
    <name>DropHint</name>
    <message>
        <source>Drop a folder to add it, or photos to find others like them</source>
        <translation>Einen Ordner ablegen, um ihn hinzuzufügen, oder Fotos, um ähnliche zu finden</translation>
    </message>
    <message>
        <source>Drop here to find photos like these</source>
        <translation>Hier ablegen, um ähnliche Fotos zu finden</translation>
    </message>
</context>
<context>
    <name>ErrorPage</name>
    <message>
        <source>Another InPhotos is indexing this library</source>
        <translation>Ein anderes InPhotos indexiert diese Bibliothek</translation>
    </message>
    <message>
        <source>It opens here by itself as soon as it is free.</source>
        <translation>Sie öffnet sich hier von selbst, sobald sie frei ist.</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>The library cannot be opened</source>
        <translation>Die Bibliothek lässt sich nicht öffnen</translation>
    </message>
    <message>
        <source>The library is from a newer InPhotos</source>
        <translation>Die Bibliothek stammt von einem neueren InPhotos</translation>
    </message>
    <message>
        <source>The library is in use</source>
        <translation>Die Bibliothek wird benutzt</translation>
    </message>
    <message>
        <source>Try Again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
</context>
<context>
    <name>ExampleChip</name>
    <message>
        <source>Enter shows what can be done with it, Delete removes it</source>
        <translation>Eingabetaste zeigt, was damit möglich ist, Entf entfernt</translation>
    </message>
</context>
<context>
    <name>Examples</name>
    <message>
        <source>Change of the Search</source>
        <translation>Änderung der Suche</translation>
    </message>
    <message>
        <source>Less Like This</source>
        <translation>Weniger wie dieses</translation>
    </message>
    <message>
        <source>Looking for more photos like {name}.</source>
        <translation>Es werden mehr Fotos wie {name} gesucht.</translation>
    </message>
    <message>
        <source>Looking for photos that are less like {name}.</source>
        <translation>Es werden Fotos gesucht, die weniger wie {name} sind.</translation>
    </message>
    <message>
        <source>More Like This</source>
        <translation>Mehr wie dieses</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Search for a Part…</source>
        <translation>Ausschnitt suchen…</translation>
    </message>
    <message>
        <source>Search for the Whole Photo</source>
        <translation>Das ganze Foto suchen</translation>
    </message>
    <message>
        <source>The picture on the clipboard cannot be read.</source>
        <translation>Das Bild in der Zwischenablage ist nicht lesbar.</translation>
    </message>
    <message>
        <source>There is no photo on the clipboard.</source>
        <translation>In der Zwischenablage ist kein Foto.</translation>
    </message>
    <message>
        <source>These are not photos that InPhotos can read: {names}.</source>
        <translation>Das sind keine Fotos, die InPhotos lesen kann: {names}.</translation>
    </message>
    <message>
        <source>This is not a photo that InPhotos can read: {names}.</source>
        <translation>Das ist kein Foto, das InPhotos lesen kann: {names}.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>“Less Like This” refines a search: search for something first.</source>
        <translation>„Weniger wie dieses“ verfeinert eine Suche: Suchen Sie zuerst etwas.</translation>
    </message>
</context>
<context>
    <name>ExclusionsDialog</name>
    <message>
        <source>Leave Out</source>
        <translation>Auslassen</translation>
    </message>
    <message>
        <source>Patterns</source>
        <translation>Muster</translation>
    </message>
    <message>
        <source>What not to take from {folder}, one on each line:</source>
        <translation>Was aus {folder} ausgelassen wird, eines je Zeile:</translation>
    </message>
    <message>
        <source>old/ leaves out every folder of that name, trips/2019 that one folder, *.png every such file, and !keep.png takes one back.</source>
        <translation>old/ lässt jeden Ordner dieses Namens aus, trips/2019 diesen einen, *.png jede solche Datei, und !keep.png nimmt eine zurück.</translation>
    </message>
</context>
<context>
    <name>ExportBar</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Copying photos</source>
        <translation>Fotos werden kopiert</translation>
    </message>
    <message>
        <source>Getting ready…</source>
        <translation>Vorbereitung…</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Wird angehalten …</translation>
    </message>
    <message>
        <source>{count} more to come</source>
        <translation>{count} weitere folgen</translation>
    </message>
</context>
<context>
    <name>Exporting</name>
    <message>
        <source>Copy photos to</source>
        <translation>Fotos kopieren nach</translation>
    </message>
    <message>
        <source>Show Which…</source>
        <translation>Zeigen, welche…</translation>
    </message>
    <message>
        <source>Show in File Manager</source>
        <translation>Im Dateimanager zeigen</translation>
    </message>
    <message>
        <source>This folder is part of the library, so its photos appear here, too.</source>
        <translation>Dieser Ordner gehört zur Bibliothek, deshalb erscheinen seine Fotos auch hier.</translation>
    </message>
</context>
<context>
    <name>FacetLists</name>
    <message>
        <source>Add Folder…</source>
        <translation>Ordner hinzufügen…</translation>
    </message>
    <message>
        <source>Copies, almost the same, and bursts</source>
        <translation>Kopien, fast gleiche und Serien</translation>
    </message>
    <message>
        <source>Could not be read</source>
        <translation>Nicht lesbar</translation>
    </message>
    <message>
        <source>Dates</source>
        <translation>Datum</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Indexing…</source>
        <translation>Wird eingelesen…</translation>
    </message>
    <message>
        <source>Look for New Photos</source>
        <translation>Nach neuen Fotos sehen</translation>
    </message>
    <message>
        <source>Near-duplicates</source>
        <translation>Ähnliche Aufnahmen</translation>
    </message>
    <message>
        <source>Nothing says when these were taken</source>
        <translation>Nichts verrät, wann diese aufgenommen wurden</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Offline</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>Orte</translation>
    </message>
    <message>
        <source>Remove from Library…</source>
        <translation>Aus der Bibliothek entfernen…</translation>
    </message>
    <message>
        <source>Show in File Manager</source>
        <translation>Im Dateimanager zeigen</translation>
    </message>
    <message>
        <source>Tidy up</source>
        <translation>Aufräumen</translation>
    </message>
    <message>
        <source>Undated</source>
        <translation>Ohne Datum</translation>
    </message>
    <message>
        <source>Which photos, and why</source>
        <translation>Welche Fotos, und warum</translation>
    </message>
</context>
<context>
    <name>FactsView</name>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Copies</source>
        <translation>Kopien</translation>
    </message>
    <message>
        <source>Copy coordinates</source>
        <translation>Koordinaten kopieren</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>Exposure</source>
        <translation>Belichtung</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Lens</source>
        <translation>Objektiv</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>Position</translation>
    </message>
    <message>
        <source>Show in File Manager</source>
        <translation>Im Dateimanager zeigen</translation>
    </message>
    <message>
        <source>Show the photos in {folder}</source>
        <translation>Die Fotos in {folder} zeigen</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>The same file also at</source>
        <translation>Dieselbe Datei auch in</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
</context>
<context>
    <name>FailuresDialog</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Copy List</source>
        <translation>Liste kopieren</translation>
    </message>
    <message>
        <source>Every photo could be read.</source>
        <translation>Jedes Foto konnte gelesen werden.</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>Foto</translation>
    </message>
    <message>
        <source>Photos That Could Not Be Read</source>
        <translation>Nicht lesbare Fotos</translation>
    </message>
    <message>
        <source>Photos that could not be read</source>
        <translation>Nicht lesbare Fotos</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Show in File Manager</source>
        <translation>Im Dateimanager zeigen</translation>
    </message>
    <message>
        <source>Try All Again</source>
        <translation>Alle noch einmal versuchen</translation>
    </message>
    <message>
        <source>Try Selected Again</source>
        <translation>Ausgewählte noch einmal versuchen</translation>
    </message>
    <message>
        <source>{sentence}. Everything else can be searched.</source>
        <translation>{sentence}. Alles andere ist durchsuchbar.</translation>
    </message>
</context>
<context>
    <name>FileCommands</name>
    <message>
        <source>Copy Picture</source>
        <translation>Bild kopieren</translation>
    </message>
    <message>
        <source>Copy to Folder…</source>
        <translation>In Ordner kopieren…</translation>
    </message>
    <message>
        <source>Move to Trash</source>
        <translation>In den Papierkorb</translation>
    </message>
    <message>
        <source>Open With</source>
        <translation>Öffnen mit</translation>
    </message>
    <message>
        <source>{name} is on the clipboard</source>
        <translation>{name} ist in der Zwischenablage</translation>
    </message>
</context>
<context>
    <name>FolderActions</name>
    <message>
        <source>Choose a folder with photos</source>
        <translation>Ordner mit Fotos wählen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove Folder</source>
        <translation>Ordner entfernen</translation>
    </message>
    <message>
        <source>Remove “{name}” from the library?</source>
        <translation>„{name}“ aus der Bibliothek entfernen?</translation>
    </message>
    <message>
        <source>The photos stay where they are, untouched. They are no longer found.</source>
        <translation>Die Fotos bleiben unberührt, wo sie sind. Sie werden nur nicht mehr gefunden.</translation>
    </message>
</context>
<context>
    <name>FoldersPage</name>
    <message>
        <source>Folders</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Photos in these folders, and in the folders inside them, can be found. New photos come in by themselves.</source>
        <translation>Fotos in diesen Ordnern und ihren Unterordnern sind zu finden. Neue kommen von selbst hinzu.</translation>
    </message>
</context>
<context>
    <name>FoldersPanel</name>
    <message>
        <source>Add Folder…</source>
        <translation>Ordner hinzufügen…</translation>
    </message>
    <message>
        <source>Choose what not to take from the folder</source>
        <translation>Auswählen, was aus dem Ordner ausgelassen wird</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Indexing…</source>
        <translation>Wird eingelesen…</translation>
    </message>
    <message>
        <source>Leave Out…</source>
        <translation>Auslassen…</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Offline</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>Remove from Library</source>
        <translation>Aus der Bibliothek entfernen</translation>
    </message>
    <message>
        <source>Remove {count} Missing</source>
        <translation>{count} Vermisste entfernen</translation>
    </message>
    <message>
        <source>Removing a folder takes it out of the library only; the photos stay untouched.</source>
        <translation>Ein entfernter Ordner verschwindet nur aus der Bibliothek; die Fotos bleiben unberührt.</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Take the photos that have vanished out of the library</source>
        <translation>Die verschwundenen Fotos aus der Bibliothek nehmen</translation>
    </message>
    <message>
        <source>Watching not possible</source>
        <translation>Beobachten nicht möglich</translation>
    </message>
    <message>
        <source>{count} missing</source>
        <translation>{count} vermisst</translation>
    </message>
</context>
<context>
    <name>Footer</name>
    <message>
        <source>Getting ready…</source>
        <translation>Vorbereitung…</translation>
    </message>
    <message>
        <source>Go on indexing</source>
        <translation>Einlesen fortsetzen</translation>
    </message>
    <message>
        <source>Indexing</source>
        <translation>Einlesen</translation>
    </message>
    <message>
        <source>Pause indexing</source>
        <translation>Einlesen anhalten</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Show which, and why</source>
        <translation>Zeigen, welche und warum</translation>
    </message>
    <message>
        <source>Stop indexing; what is done stays</source>
        <translation>Einlesen beenden; was fertig ist, bleibt</translation>
    </message>
    <message>
        <source>Stopping after the photos in hand…</source>
        <translation>Hält nach den angefangenen Fotos an…</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Wird angehalten …</translation>
    </message>
    <message>
        <source>Waiting for mains power</source>
        <translation>Wartet auf Netzstrom</translation>
    </message>
    <message>
        <source>in 1 folder</source>
        <translation>in 1 Ordner</translation>
    </message>
    <message>
        <source>in {count} folders</source>
        <translation>in {count} Ordnern</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>offline</translation>
    </message>
    <message>
        <source>{count} of them offline</source>
        <translation>davon {count} offline</translation>
    </message>
    <message>
        <source>{state} at {done} of {photos}</source>
        <translation>{state} bei {done} von {photos}</translation>
    </message>
</context>
<context>
    <name>GridModel</name>
    <message>
        <source>no match</source>
        <translation>kein Treffer</translation>
    </message>
    <message>
        <source>possible match</source>
        <translation>möglicher Treffer</translation>
    </message>
    <message>
        <source>score {score}</source>
        <translation>Wert {score}</translation>
    </message>
    <message>
        <source>strong match</source>
        <translation>sicherer Treffer</translation>
    </message>
</context>
<context>
    <name>GridView</name>
    <message>
        <source>1 star</source>
        <translation>1 Stern</translation>
    </message>
    <message>
        <source>Go one page up or down</source>
        <translation>Eine Seite nach oben oder unten</translation>
    </message>
    <message>
        <source>Go to another photo</source>
        <translation>Zu einem anderen Foto</translation>
    </message>
    <message>
        <source>Go to the first or last photo</source>
        <translation>Zum ersten oder letzten Foto</translation>
    </message>
    <message>
        <source>Open the photo</source>
        <translation>Das Foto öffnen</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
    <message>
        <source>Select from one photo to another</source>
        <translation>Von einem Foto bis zu einem anderen auswählen</translation>
    </message>
    <message>
        <source>Select the photo, or not</source>
        <translation>Das Foto auswählen oder abwählen</translation>
    </message>
    <message>
        <source>Show the menu of the photo</source>
        <translation>Das Menü des Fotos zeigen</translation>
    </message>
    <message>
        <source>favourite</source>
        <translation>Favorit</translation>
    </message>
    <message>
        <source>selected</source>
        <translation>ausgewählt</translation>
    </message>
    <message>
        <source>{count} stars</source>
        <translation>{count} Sterne</translation>
    </message>
</context>
<context>
    <name>Hiding</name>
    <message>
        <source>Next Photo</source>
        <translation>Nächstes Foto</translation>
    </message>
    <message>
        <source>Previous Photo</source>
        <translation>Voriges Foto</translation>
    </message>
</context>
<context>
    <name>InfoPanel</name>
    <message>
        <source>Choose a photo to see more about it.</source>
        <translation>Wählen Sie ein Foto, um mehr darüber zu sehen.</translation>
    </message>
    <message>
        <source>Close (Ctrl+I)</source>
        <translation>Schließen (Strg+I)</translation>
    </message>
    <message>
        <source>Close the information</source>
        <translation>Informationen schließen</translation>
    </message>
    <message>
        <source>Information</source>
        <translation>Informationen</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open {name}</source>
        <translation>{name} öffnen</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>Aufgenommen</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>{first} to {last}</source>
        <translation>{first} bis {last}</translation>
    </message>
    <message>
        <source>{photos} selected</source>
        <translation>{photos} ausgewählt</translation>
    </message>
</context>
<context>
    <name>Information</name>
    <message>
        <source>Information</source>
        <translation>Informationen</translation>
    </message>
    <message>
        <source>Information on the photo (Ctrl+I)</source>
        <translation>Informationen zum Foto (Strg+I)</translation>
    </message>
</context>
<context>
    <name>KeyboardPage</name>
    <message>
        <source>Action</source>
        <translation>Aktion</translation>
    </message>
    <message>
        <source>Changed by you</source>
        <translation>Von Ihnen geändert</translation>
    </message>
    <message>
        <source>Keyboard</source>
        <translation>Tastatur</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>New keys</source>
        <translation>Neue Tasten</translation>
    </message>
    <message>
        <source>New keys:</source>
        <translation>Neue Tasten:</translation>
    </message>
    <message>
        <source>No Key</source>
        <translation>Keine Taste</translation>
    </message>
    <message>
        <source>Press the keys to use from now on</source>
        <translation>Drücken Sie die Tasten, die ab jetzt gelten sollen</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suche</translation>
    </message>
    <message>
        <source>Search for an action or a key</source>
        <translation>Aktion oder Taste suchen</translation>
    </message>
    <message>
        <source>Select an action, then press the keys that you would rather use for it.</source>
        <translation>Wählen Sie eine Aktion und drücken Sie die Tasten, die Sie lieber dafür nehmen.</translation>
    </message>
    <message>
        <source>This key is fixed.</source>
        <translation>Diese Taste ist fest.</translation>
    </message>
    <message>
        <source>no key</source>
        <translation>keine Taste</translation>
    </message>
</context>
<context>
    <name>LibraryNotices</name>
    <message>
        <source>Go On</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Indexing is stopped. What has been read so far is kept.</source>
        <translation>Das Einlesen ist angehalten. Was gelesen ist, bleibt.</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Not reachable now: {names}. The photos there stay in the library.</source>
        <translation>Zurzeit nicht erreichbar: {names}. Die Fotos dort bleiben in der Bibliothek.</translation>
    </message>
    <message>
        <source>Remove from Library</source>
        <translation>Aus der Bibliothek entfernen</translation>
    </message>
    <message>
        <source>Thumbnails could not be kept ({reason}). They are made again when the photos are looked at.</source>
        <translation>Vorschaubilder konnten nicht aufbewahrt werden ({reason}). Sie werden neu erstellt, wenn die Fotos angesehen werden.</translation>
    </message>
    <message>
        <source>Try Again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Choose a Model…</source>
        <translation>Modell wählen…</translation>
    </message>
    <message>
        <source>Finding similar photos needs a model that understands pictures.</source>
        <translation>Ähnliche Fotos zu finden braucht ein Modell, das Bilder versteht.</translation>
    </message>
    <message>
        <source>InPhotos demo</source>
        <translation>InPhotos-Demo</translation>
    </message>
    <message>
        <source>Words need a model that understands pictures.</source>
        <translation>Wörter brauchen ein Modell, das Bilder versteht.</translation>
    </message>
</context>
<context>
    <name>MarkActions</name>
    <message>
        <source>As the File Says</source>
        <translation>Wie in der Datei</translation>
    </message>
    <message>
        <source>Favourite</source>
        <translation>Favorit</translation>
    </message>
    <message>
        <source>Give 1, 2, 3 … stars</source>
        <translation>1, 2, 3 … Sterne geben</translation>
    </message>
    <message>
        <source>No Stars</source>
        <translation>Keine Sterne</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>Foto</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>Bewertung</translation>
    </message>
    <message>
        <source>Remove from Favourites</source>
        <translation>Aus Favoriten entfernen</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Tags</translation>
    </message>
    <message>
        <source>Tags…</source>
        <translation>Tags…</translation>
    </message>
    <message>
        <source>Take the stars away</source>
        <translation>Die Sterne wegnehmen</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>{photos} are favourites now.</source>
        <translation>{photos} sind jetzt Favoriten.</translation>
    </message>
    <message>
        <source>{photos} are no favourites any more.</source>
        <translation>{photos} sind keine Favoriten mehr.</translation>
    </message>
    <message>
        <source>{photos} are not rated any more.</source>
        <translation>{photos} sind nicht mehr bewertet.</translation>
    </message>
    <message>
        <source>{photos} are rated as their files say.</source>
        <translation>{photos} sind bewertet wie in ihren Dateien.</translation>
    </message>
    <message>
        <source>{photos} have 1 star now.</source>
        <translation>{photos} haben jetzt 1 Stern.</translation>
    </message>
    <message>
        <source>{photos} have other tags now.</source>
        <translation>{photos} haben jetzt andere Tags.</translation>
    </message>
    <message>
        <source>{photos} have {stars} stars now.</source>
        <translation>{photos} haben jetzt {stars} Sterne.</translation>
    </message>
    <message>
        <source>{photos}: the tags that all of them have</source>
        <translation>{photos}: die Tags, die alle haben</translation>
    </message>
</context>
<context>
    <name>MarksBox</name>
    <message>
        <source>Favourite</source>
        <translation>Favorit</translation>
    </message>
    <message>
        <source>Favourite, rating and tags</source>
        <translation>Favorit, Bewertung und Tags</translation>
    </message>
    <message>
        <source>Make a favourite (Ctrl+D)</source>
        <translation>Zu den Favoriten (Strg+D)</translation>
    </message>
    <message>
        <source>Remove from favourites (Ctrl+D)</source>
        <translation>Aus den Favoriten entfernen (Strg+D)</translation>
    </message>
    <message>
        <source>The photos have different ratings</source>
        <translation>Die Fotos sind verschieden bewertet</translation>
    </message>
</context>
<context>
    <name>MatchLine</name>
    <message>
        <source>Match line</source>
        <translation>Trefferlinie</translation>
    </message>
    <message>
        <source>What counts as a match: more photos, or surer ones</source>
        <translation>Was als Treffer gilt: mehr Fotos oder sicherere</translation>
    </message>
</context>
<context>
    <name>ModelCard</name>
    <message>
        <source> ({size})</source>
        <translation> ({size})</translation>
    </message>
    <message>
        <source>A model that was fetched elsewhere</source>
        <translation>Ein Modell, das anderswo geholt wurde</translation>
    </message>
    <message>
        <source>Choose a Model Folder…</source>
        <translation>Modellordner wählen…</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Verbindung wird hergestellt…</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Herunterladen</translation>
    </message>
    <message>
        <source>Download ({size})</source>
        <translation>Herunterladen ({size})</translation>
    </message>
    <message>
        <source>Fetching the model</source>
        <translation>Modell wird geholt</translation>
    </message>
    <message>
        <source>For that InPhotos needs a model that understands pictures.</source>
        <translation>Dafür braucht InPhotos ein Modell, das Bilder versteht.</translation>
    </message>
    <message>
        <source>Go On Downloading</source>
        <translation>Weiter herunterladen</translation>
    </message>
    <message>
        <source>It is fetched once and then works offline. Look through your photos meanwhile; you can also stop and go on later.</source>
        <translation>Es wird einmal geholt und arbeitet dann ohne Netz. Sehen Sie inzwischen Ihre Fotos durch; Sie können auch anhalten und später fortsetzen.</translation>
    </message>
    <message>
        <source>It is part of InPhotos and ready at once. It knows everyday things; the full model knows far more.</source>
        <translation>Es gehört zu InPhotos und ist sofort bereit. Es kennt Alltägliches; das große Modell kennt weit mehr.</translation>
    </message>
    <message>
        <source>It knows everyday things; the full model knows far more.</source>
        <translation>Es kennt Alltägliches; das große Modell kennt weit mehr.</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Nicht jetzt</translation>
    </message>
    <message>
        <source>Not now: browse without searching</source>
        <translation>Nicht jetzt: ohne Suche durchsehen</translation>
    </message>
    <message>
        <source>One download, then you can search by words</source>
        <translation>Einmal herunterladen, dann können Sie mit Worten suchen</translation>
    </message>
    <message>
        <source>Search with the Built-in Model</source>
        <translation>Mit dem mitgelieferten Modell suchen</translation>
    </message>
    <message>
        <source>Search with the Built-in Model Meanwhile</source>
        <translation>Inzwischen mit dem mitgelieferten Modell suchen</translation>
    </message>
    <message>
        <source>Searching goes on while your photos are prepared for it.</source>
        <translation>Während Ihre Fotos dafür vorbereitet werden, können Sie weiter suchen.</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>The chosen model cannot be used</source>
        <translation>Das gewählte Modell ist nicht benutzbar</translation>
    </message>
    <message>
        <source>The download is stopped</source>
        <translation>Der Download ist angehalten</translation>
    </message>
    <message>
        <source>The model could not be fetched</source>
        <translation>Das Modell konnte nicht geholt werden</translation>
    </message>
    <message>
        <source>The model {name}{size} is fetched once, from huggingface.co, and then works offline. Nothing about your photos is sent.</source>
        <translation>Das Modell {name}{size} wird einmal von huggingface.co geholt und arbeitet dann ohne Netz. Über Ihre Fotos wird nichts gesendet.</translation>
    </message>
    <message>
        <source>Try Again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>What has been fetched is kept: it goes on from there.</source>
        <translation>Was geholt ist, bleibt: Von dort geht es weiter.</translation>
    </message>
    <message>
        <source>You are searching with the built-in model</source>
        <translation>Sie suchen mit dem mitgelieferten Modell</translation>
    </message>
</context>
<context>
    <name>ModelChoice</name>
    <message>
        <source>&amp;Model</source>
        <translation>&amp;Modell</translation>
    </message>
    <message>
        <source>Add from Folder…</source>
        <translation>Aus Ordner hinzufügen…</translation>
    </message>
    <message>
        <source>All photos are being prepared for {name}. Until that is done, searching goes on with {former}.</source>
        <translation>Alle Fotos werden für {name} vorbereitet. Bis dahin wird weiter mit {former} gesucht.</translation>
    </message>
    <message>
        <source>Choose a folder with a model</source>
        <translation>Ordner mit einem Modell wählen</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Herunterladen</translation>
    </message>
    <message>
        <source>Fetching {name}: {progress}</source>
        <translation>{name} wird geholt: {progress}</translation>
    </message>
    <message>
        <source>From now on you search with {name}.</source>
        <translation>Ab jetzt suchen Sie mit {name}.</translation>
    </message>
    <message>
        <source>Stay with {name}</source>
        <translation>Bei {name} bleiben</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>The model {name} is ready.</source>
        <translation>Das Modell {name} ist bereit.</translation>
    </message>
    <message>
        <source>Try Again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Use It Now</source>
        <translation>Jetzt verwenden</translation>
    </message>
    <message>
        <source>{name} (being prepared)</source>
        <translation>{name} (wird vorbereitet)</translation>
    </message>
</context>
<context>
    <name>ModelPage</name>
    <message>
        <source>A folder with a CLIP, SigLIP or MobileNetV2 model in the transformers format.</source>
        <translation>Ein Ordner mit einem CLIP-, SigLIP- oder MobileNetV2-Modell im Format von transformers.</translation>
    </message>
    <message>
        <source>A model of your own</source>
        <translation>Ein eigenes Modell</translation>
    </message>
    <message>
        <source>Add a model from a folder</source>
        <translation>Ein Modell aus einem Ordner hinzufügen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>Do not go over to {name}</source>
        <translation>Nicht zu {name} wechseln</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Herunterladen</translation>
    </message>
    <message>
        <source>Download the model {name}</source>
        <translation>Das Modell {name} herunterladen</translation>
    </message>
    <message>
        <source>Fetched once from huggingface.co</source>
        <translation>Wird einmal von huggingface.co geholt</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>In Gebrauch</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>Auf diesem Computer</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Stop fetching {name}</source>
        <translation>{name} nicht weiter holen</translation>
    </message>
    <message>
        <source>The model is what understands words and pictures. It works on this computer, without a connection. Another model looks at every photo anew, which takes time; until that is done, searching goes on with the former one, and what was indexed with that is kept.</source>
        <translation>Das Modell versteht Wörter und Bilder. Es arbeitet auf diesem Computer, ohne Verbindung. Ein anderes Modell sieht jedes Foto neu an, was dauert; bis das fertig ist, wird mit dem bisherigen gesucht, und was damit eingelesen wurde, bleibt.</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Verwenden</translation>
    </message>
    <message>
        <source>Use the model {name}</source>
        <translation>Das Modell {name} verwenden</translation>
    </message>
    <message>
        <source>is being prepared</source>
        <translation>wird vorbereitet</translation>
    </message>
    <message>
        <source>{size}, fetched once from huggingface.co</source>
        <translation>{size}, wird einmal von huggingface.co geholt</translation>
    </message>
</context>
<context>
    <name>NotCopiedDialog</name>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>Foto</translation>
    </message>
    <message>
        <source>Photos That Could Not Be Copied</source>
        <translation>Nicht kopierte Fotos</translation>
    </message>
    <message>
        <source>Photos that could not be copied</source>
        <translation>Nicht kopierte Fotos</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>These photos could not be copied:</source>
        <translation>Diese Fotos konnten nicht kopiert werden:</translation>
    </message>
</context>
<context>
    <name>NoticeBar</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Close the notice</source>
        <translation>Hinweis schließen</translation>
    </message>
    <message>
        <source>Notice</source>
        <translation>Hinweis</translation>
    </message>
</context>
<context>
    <name>OpenWith</name>
    <message>
        <source>Choose a Program…</source>
        <translation>Programm wählen…</translation>
    </message>
    <message>
        <source>Looking for programs…</source>
        <translation>Programme werden gesucht…</translation>
    </message>
    <message>
        <source>Open with</source>
        <translation>Öffnen mit</translation>
    </message>
    <message>
        <source>Other Program…</source>
        <translation>Anderes Programm…</translation>
    </message>
    <message>
        <source>{name} could not be started.</source>
        <translation>{name} ließ sich nicht starten.</translation>
    </message>
</context>
<context>
    <name>Pane</name>
    <message>
        <source>Take {name} Away</source>
        <translation>{name} wegnehmen</translation>
    </message>
</context>
<context>
    <name>PartDialog</name>
    <message>
        <source>Draw a rectangle around what you are looking for. The arrow keys move it, with Shift they resize it.</source>
        <translation>Ziehen Sie ein Rechteck um das, was Sie suchen. Die Pfeiltasten verschieben es, mit Umschalt ändern sie die Größe.</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suche</translation>
    </message>
    <message>
        <source>Search for a Part of {name}</source>
        <translation>Ausschnitt von {name} suchen</translation>
    </message>
</context>
<context>
    <name>PartView</name>
    <message>
        <source>Arrow keys move it, Shift and arrow keys resize it</source>
        <translation>Pfeiltasten verschieben es, mit Umschalt ändern sie die Größe</translation>
    </message>
    <message>
        <source>Opening the photo…</source>
        <translation>Foto wird geöffnet…</translation>
    </message>
    <message>
        <source>Photo with the part to search for</source>
        <translation>Foto mit dem gesuchten Ausschnitt</translation>
    </message>
</context>
<context>
    <name>PhotoActions</name>
    <message>
        <source>Copy File and Path</source>
        <translation>Datei und Pfad kopieren</translation>
    </message>
    <message>
        <source>Find Similar Photos</source>
        <translation>Ähnliche Fotos finden</translation>
    </message>
    <message>
        <source>Information</source>
        <translation>Informationen</translation>
    </message>
    <message>
        <source>Less Like This</source>
        <translation>Weniger wie dieses</translation>
    </message>
    <message>
        <source>More Like This</source>
        <translation>Mehr wie dieses</translation>
    </message>
    <message>
        <source>No program on this computer wanted to open {name}.</source>
        <translation>Kein Programm auf diesem Computer wollte {name} öffnen.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Search for a Part…</source>
        <translation>Ausschnitt suchen…</translation>
    </message>
    <message>
        <source>Show Alike Photos</source>
        <translation>Ähnliche Aufnahmen zeigen</translation>
    </message>
    <message>
        <source>Show in File Manager</source>
        <translation>Im Dateimanager zeigen</translation>
    </message>
</context>
<context>
    <name>PhotoSearch</name>
    <message>
        <source>Looking at your photos</source>
        <translation>Ihre Fotos werden angesehen</translation>
    </message>
    <message>
        <source>No photos here yet</source>
        <translation>Noch keine Fotos hier</translation>
    </message>
    <message>
        <source>No photos that are alike</source>
        <translation>Keine ähnlichen Aufnahmen</translation>
    </message>
    <message>
        <source>Nothing to search for yet</source>
        <translation>Noch nichts zu suchen</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>Suche läuft…</translation>
    </message>
    <message>
        <source>Take a part of the search away, or look at all photos.</source>
        <translation>Nehmen Sie einen Teil der Suche weg oder sehen Sie alle Fotos an.</translation>
    </message>
    <message>
        <source>The drive is not connected</source>
        <translation>Das Laufwerk ist nicht verbunden</translation>
    </message>
    <message>
        <source>The first ones appear here in a moment. You can search while the others are still being read.</source>
        <translation>Die ersten erscheinen gleich hier. Sie können schon suchen, während die anderen noch gelesen werden.</translation>
    </message>
    <message>
        <source>There are no copies, nearly the same pictures, or bursts.</source>
        <translation>Es gibt keine Kopien, fast gleichen Bilder oder Serien.</translation>
    </message>
    <message>
        <source>There are no photos that InPhotos can read in {folders}. When some come in, they appear here.</source>
        <translation>In {folders} sind keine Fotos, die InPhotos lesen kann. Sobald welche dazukommen, erscheinen sie hier.</translation>
    </message>
    <message>
        <source>{folders} cannot be reached. Connect the drive, and its photos appear here.</source>
        <translation>{folders} ist nicht erreichbar. Verbinden Sie das Laufwerk, dann erscheinen seine Fotos hier.</translation>
    </message>
</context>
<context>
    <name>PhotosPage</name>
    <message>
        <source>Add Folder…</source>
        <translation>Ordner hinzufügen…</translation>
    </message>
    <message>
        <source>Group: {group}</source>
        <translation>Gruppen: {group}</translation>
    </message>
    <message>
        <source>No groups</source>
        <translation>Keine Gruppen</translation>
    </message>
    <message>
        <source>Search for this</source>
        <translation>Danach suchen</translation>
    </message>
    <message>
        <source>Show all photos</source>
        <translation>Alle Fotos zeigen</translation>
    </message>
    <message>
        <source>Sort: {sort}</source>
        <translation>Sortiert: {sort}</translation>
    </message>
    <message>
        <source>Try:</source>
        <translation>Versuchen Sie:</translation>
    </message>
</context>
<context>
    <name>PrivacyPage</name>
    <message>
        <source>Backups</source>
        <translation>Sicherungen</translation>
    </message>
    <message>
        <source>Catalog, index and thumbnails; your photos stay where they are.</source>
        <translation>Katalog, Index und Vorschaubilder; Ihre Fotos bleiben, wo sie sind.</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Crash reports</source>
        <translation>Absturzberichte</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Delete all crash reports</source>
        <translation>Alle Absturzberichte löschen</translation>
    </message>
    <message>
        <source>Empty. Searches that led to something are remembered here.</source>
        <translation>Leer. Hier werden Suchen gemerkt, die etwas gefunden haben.</translation>
    </message>
    <message>
        <source>Into small XMP files that other programs read; never into the photos.</source>
        <translation>In kleine XMP-Dateien, die andere Programme lesen; nie in die Fotos.</translation>
    </message>
    <message>
        <source>Kept on this computer: {count}. They name no photo and no search.</source>
        <translation>Auf diesem Computer: {count}. Sie nennen kein Foto und keine Suche.</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>Bibliothek</translation>
    </message>
    <message>
        <source>Made automatically: favourites, ratings, tags, saved searches, folders.</source>
        <translation>Automatisch angelegt: Favoriten, Bewertungen, Schlagwörter, gespeicherte Suchen, Ordner.</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>None. Should InPhotos crash, a report stays on this computer.</source>
        <translation>Keine. Sollte InPhotos abstürzen, bleibt ein Bericht auf diesem Computer.</translation>
    </message>
    <message>
        <source>One search, for the Up key and for suggestions.</source>
        <translation>Eine Suche, für die Pfeiltaste nach oben und für Vorschläge.</translation>
    </message>
    <message>
        <source>Photos, their names, what you search for, ratings and reports never leave this computer. InPhotos connects to the internet only when you download a model, and sends nothing but the name of that model then.</source>
        <translation>Fotos, ihre Namen, Ihre Suchen, Bewertungen und Berichte verlassen diesen Computer nie. InPhotos verbindet sich nur dann mit dem Internet, wenn Sie ein Modell herunterladen, und sendet dabei nichts als dessen Namen.</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>Datenschutz</translation>
    </message>
    <message>
        <source>Search history</source>
        <translation>Suchverlauf</translation>
    </message>
    <message>
        <source>Shared by all libraries.</source>
        <translation>Für alle Bibliotheken gemeinsam.</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Show the folder: {name}</source>
        <translation>Den Ordner zeigen: {name}</translation>
    </message>
    <message>
        <source>Show the newest crash report</source>
        <translation>Den neuesten Absturzbericht zeigen</translation>
    </message>
    <message>
        <source>The last {count} searches, for the Up key and for suggestions.</source>
        <translation>Die letzten {count} Suchen, für die Pfeiltaste nach oben und für Vorschläge.</translation>
    </message>
    <message>
        <source>Where it is: {name}</source>
        <translation>Wo es ist: {name}</translation>
    </message>
    <message>
        <source>Write favourites, ratings and tags beside the photos</source>
        <translation>Favoriten, Bewertungen und Tags neben die Fotos schreiben</translation>
    </message>
    <message>
        <source>nothing yet</source>
        <translation>noch nichts</translation>
    </message>
</context>
<context>
    <name>QueryParts</name>
    <message>
        <source>Parts of the query</source>
        <translation>Teile der Anfrage</translation>
    </message>
    <message>
        <source>Search for {suggestion} instead</source>
        <translation>Stattdessen {suggestion} suchen</translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation>und {count} weitere</translation>
    </message>
    <message>
        <source>or</source>
        <translation>oder</translation>
    </message>
</context>
<context>
    <name>QuickLook</name>
    <message>
        <source>Go to the next photo or the one before</source>
        <translation>Zum nächsten oder vorigen Foto</translation>
    </message>
    <message>
        <source>Have a quick look at the photo, or close it</source>
        <translation>Das Foto kurz ansehen oder schließen</translation>
    </message>
    <message>
        <source>Open the photo in the viewer</source>
        <translation>Das Foto im Betrachter öffnen</translation>
    </message>
    <message>
        <source>Quick look</source>
        <translation>Schnellansicht</translation>
    </message>
    <message>
        <source>{row} of {total}</source>
        <translation>{row} von {total}</translation>
    </message>
</context>
<context>
    <name>RemovableChip</name>
    <message>
        <source>Remove (Delete)</source>
        <translation>Entfernen (Entf)</translation>
    </message>
    <message>
        <source>Remove {label}</source>
        <translation>{label} entfernen</translation>
    </message>
</context>
<context>
    <name>RepairPage</name>
    <message>
        <source>If you stop, nothing is lost, and you can repair it later.</source>
        <translation>Wenn Sie abbrechen, geht nichts verloren, und Sie können später reparieren.</translation>
    </message>
    <message>
        <source>Looking for damage…</source>
        <translation>Schäden werden gesucht…</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Repair</source>
        <translation>Reparieren</translation>
    </message>
    <message>
        <source>Repair the Library</source>
        <translation>Bibliothek reparieren</translation>
    </message>
    <message>
        <source>Saving what can be read…</source>
        <translation>Lesbares wird gerettet…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Wird angehalten …</translation>
    </message>
    <message>
        <source>The library is being repaired</source>
        <translation>Die Bibliothek wird repariert</translation>
    </message>
    <message>
        <source>The library is damaged</source>
        <translation>Die Bibliothek ist beschädigt</translation>
    </message>
    <message>
        <source>Your photos are not in it and are untouched. InPhotos can repair the library: everything that can still be read is kept, favourites, ratings, tags, saved searches and folders are restored from their last backup where they need to be, and the damaged files are set aside.</source>
        <translation>Ihre Fotos sind nicht darin und bleiben unberührt. InPhotos kann die Bibliothek reparieren: Alles, was noch lesbar ist, bleibt erhalten, Favoriten, Bewertungen, Schlagwörter, gespeicherte Suchen und Ordner werden, wo nötig, aus ihrer letzten Sicherung wiederhergestellt, und die beschädigten Dateien werden zur Seite gelegt.</translation>
    </message>
</context>
<context>
    <name>Repairing</name>
    <message>
        <source>Show in File Manager</source>
        <translation>Im Dateimanager zeigen</translation>
    </message>
    <message>
        <source>The damaged files are kept.</source>
        <translation>Die beschädigten Dateien werden aufbewahrt.</translation>
    </message>
    <message>
        <source>The library was repaired, but there is no backup of its folders: add them again.</source>
        <translation>Die Bibliothek wurde repariert, aber von ihren Ordnern gibt es keine Sicherung: Fügen Sie sie wieder hinzu.</translation>
    </message>
    <message>
        <source>The library was repaired. What is missing is read again from your photos.</source>
        <translation>Die Bibliothek wurde repariert. Was fehlt, wird aus Ihren Fotos neu gelesen.</translation>
    </message>
</context>
<context>
    <name>RuntimePanel</name>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>Measure Now</source>
        <translation>Jetzt messen</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>Gemessen</translation>
    </message>
    <message>
        <source>Reduced precision is quicker, and is taken only where it finds the same photos. Automatic takes what is quickest on this computer.</source>
        <translation>Geringere Genauigkeit ist schneller und wird nur genommen, wo sie dieselben Fotos findet. Automatisch nimmt, was auf diesem Computer am schnellsten ist.</translation>
    </message>
    <message>
        <source>Run it by</source>
        <translation>Ausführen mit</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>What runs the model</source>
        <translation>Womit das Modell läuft</translation>
    </message>
</context>
<context>
    <name>SavedSearchActions</name>
    <message>
        <source>Removed the saved search “{name}”.</source>
        <translation>Die gespeicherte Suche „{name}“ ist entfernt.</translation>
    </message>
    <message>
        <source>Rename Search</source>
        <translation>Suche umbenennen</translation>
    </message>
    <message>
        <source>Save Search</source>
        <translation>Suche speichern</translation>
    </message>
    <message>
        <source>Save This Search…</source>
        <translation>Diese Suche speichern…</translation>
    </message>
    <message>
        <source>Save this search (Ctrl+S)</source>
        <translation>Diese Suche speichern (Strg+S)</translation>
    </message>
    <message>
        <source>Saved as “{name}”; click to remove it</source>
        <translation>Gespeichert als „{name}“; zum Entfernen klicken</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
</context>
<context>
    <name>SearchBar</name>
    <message>
        <source>Choose a Model…</source>
        <translation>Modell wählen…</translation>
    </message>
    <message>
        <source>Describe the photo you remember</source>
        <translation>Beschreiben Sie das Foto, an das Sie denken</translation>
    </message>
    <message>
        <source>Go on to the photos</source>
        <translation>Weiter zu den Fotos</translation>
    </message>
    <message>
        <source>Remove a part of the search, on its chip</source>
        <translation>Einen Teil der Suche entfernen, auf seinem Feld</translation>
    </message>
    <message>
        <source>Search at once</source>
        <translation>Sofort suchen</translation>
    </message>
    <message>
        <source>Search field</source>
        <translation>Suchfeld</translation>
    </message>
    <message>
        <source>Take up an earlier search</source>
        <translation>Eine frühere Suche aufnehmen</translation>
    </message>
    <message>
        <source>This model compares photos only: drop one here, or filter: date:2023 camera:…</source>
        <translation>Dieses Modell vergleicht nur Fotos: hier eines ablegen oder filtern: date:2023 camera:…</translation>
    </message>
    <message>
        <source>Words need a model; filters do not: date:2023 camera:canon</source>
        <translation>Wörter brauchen ein Modell, Filter nicht: date:2023 camera:canon</translation>
    </message>
</context>
<context>
    <name>SearchList</name>
    <message>
        <source>All photos</source>
        <translation>Alle Fotos</translation>
    </message>
    <message>
        <source>Favourites</source>
        <translation>Favoriten</translation>
    </message>
    <message>
        <source>Move Down</source>
        <translation>Nach unten</translation>
    </message>
    <message>
        <source>Move Up</source>
        <translation>Nach oben</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>Umbenennen…</translation>
    </message>
    <message>
        <source>Saved searches</source>
        <translation>Gespeicherte Suchen</translation>
    </message>
    <message>
        <source>Searches that you save appear here</source>
        <translation>Gespeicherte Suchen erscheinen hier</translation>
    </message>
</context>
<context>
    <name>SearchMemory</name>
    <message>
        <source>Clear Search History</source>
        <translation>Suchverlauf löschen</translation>
    </message>
    <message>
        <source>None yet</source>
        <translation>Noch keine</translation>
    </message>
    <message>
        <source>Recent Searches</source>
        <translation>Letzte Suchen</translation>
    </message>
    <message>
        <source>Sidebar</source>
        <translation>Seitenleiste</translation>
    </message>
</context>
<context>
    <name>SearchNameDialog</name>
    <message>
        <source>&amp;Name:</source>
        <translation>&amp;Name:</translation>
    </message>
    <message>
        <source>Another search has that name; choose another one.</source>
        <translation>Eine andere Suche heißt schon so; wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>The search of that name is replaced.</source>
        <translation>Die Suche dieses Namens wird ersetzt.</translation>
    </message>
</context>
<context>
    <name>SelectionBar</name>
    <message>
        <source>Clear the selection</source>
        <translation>Auswahl aufheben</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>Alle auswählen</translation>
    </message>
    <message>
        <source>Selected photos</source>
        <translation>Ausgewählte Fotos</translation>
    </message>
    <message>
        <source>Selecting all… {count} of {total}</source>
        <translation>Alle auswählen… {count} von {total}</translation>
    </message>
    <message>
        <source>Selecting all… {count} so far</source>
        <translation>Alle auswählen… bisher {count}</translation>
    </message>
    <message>
        <source>{count} selected</source>
        <translation>{count} ausgewählt</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Subjects</source>
        <translation>Themen</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Restore Defaults</source>
        <translation>Zurücksetzen</translation>
    </message>
</context>
<context>
    <name>ShortcutBook</name>
    <message>
        <source>Everywhere</source>
        <translation>Überall</translation>
    </message>
    <message>
        <source>{keys} already means “{text}”; choose another key.</source>
        <translation>{keys} bedeutet schon „{text}“; wählen Sie eine andere Taste.</translation>
    </message>
    <message>
        <source>{keys} on its own is for typing a search; hold Ctrl or Alt with it.</source>
        <translation>{keys} allein tippt eine Suche; halten Sie Strg oder Alt dazu.</translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message>
        <source>Sidebar</source>
        <translation>Seitenleiste</translation>
    </message>
</context>
<context>
    <name>SidebarModel</name>
    <message>
        <source>Show all {count}</source>
        <translation>Alle {count} zeigen</translation>
    </message>
</context>
<context>
    <name>SimilarStrip</name>
    <message>
        <source>Closest photos</source>
        <translation>Ähnlichste Fotos</translation>
    </message>
    <message>
        <source>Find Similar Photos</source>
        <translation>Ähnliche Fotos finden</translation>
    </message>
    <message>
        <source>Similar photos</source>
        <translation>Ähnliche Fotos</translation>
    </message>
</context>
<context>
    <name>Slideshow</name>
    <message>
        <source>End the slideshow</source>
        <translation>Die Diaschau beenden</translation>
    </message>
    <message>
        <source>Go to the next photo or the one before at once</source>
        <translation>Sofort zum nächsten oder vorigen Foto</translation>
    </message>
    <message>
        <source>Pause, or go on</source>
        <translation>Anhalten oder fortsetzen</translation>
    </message>
    <message>
        <source>Slideshow</source>
        <translation>Diaschau</translation>
    </message>
</context>
<context>
    <name>SpeedPage</name>
    <message>
        <source>At full speed</source>
        <translation>So schnell wie möglich</translation>
    </message>
    <message>
        <source>Gently</source>
        <translation>Schonend</translation>
    </message>
    <message>
        <source>New photos are read</source>
        <translation>Neue Fotos einlesen</translation>
    </message>
    <message>
        <source>On battery, new photos can be browsed at once and searched later.</source>
        <translation>Im Akkubetrieb sind neue Fotos gleich zu sehen und später zu durchsuchen.</translation>
    </message>
    <message>
        <source>Only on mains power</source>
        <translation>Nur am Netzstrom</translation>
    </message>
    <message>
        <source>Other programs always go first. Gently, indexing rests as long as it works: it takes twice the time, and the computer stays cooler and quieter.</source>
        <translation>Andere Programme gehen immer vor. Schonend ruht das Einlesen so lange, wie es arbeitet: Es dauert doppelt so lange, und der Computer bleibt kühler und leiser.</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Tempo</translation>
    </message>
</context>
<context>
    <name>StarRating</name>
    <message>
        <source>1 star</source>
        <translation>1 Stern</translation>
    </message>
    <message>
        <source>Not rated</source>
        <translation>Nicht bewertet</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>Bewertung</translation>
    </message>
    <message>
        <source>{count} stars</source>
        <translation>{count} Sterne</translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>Choose Another Folder…</source>
        <translation>Anderen Ordner wählen…</translation>
    </message>
    <message>
        <source>Choose a Folder…</source>
        <translation>Ordner wählen…</translation>
    </message>
    <message>
        <source>Choose the folder that holds your photos. Then describe one in your own words, and there it is.</source>
        <translation>Wählen Sie den Ordner mit Ihren Fotos. Dann beschreiben Sie eines mit eigenen Worten – und da ist es.</translation>
    </message>
    <message>
        <source>Find the photo you remember</source>
        <translation>Finden Sie das Foto, an das Sie denken</translation>
    </message>
    <message>
        <source>Nothing leaves this computer: no photo, no search, no file name.</source>
        <translation>Nichts verlässt diesen Computer: kein Foto, keine Suche, kein Dateiname.</translation>
    </message>
    <message>
        <source>Use My Pictures Folder</source>
        <translation>Meinen Bilderordner verwenden</translation>
    </message>
    <message>
        <source>more than {photos}</source>
        <translation>mehr als {photos}</translation>
    </message>
    <message>
        <source>or drop one here</source>
        <translation>oder hier ablegen</translation>
    </message>
    <message>
        <source>{place}: {photos}</source>
        <translation>{place}: {photos}</translation>
    </message>
</context>
<context>
    <name>SuggestionList</name>
    <message>
        <source>Suggestions</source>
        <translation>Vorschläge</translation>
    </message>
</context>
<context>
    <name>TagChip</name>
    <message>
        <source>Delete removes it</source>
        <translation>Entf entfernt es</translation>
    </message>
    <message>
        <source>Tag: {tag}</source>
        <translation>Tag: {tag}</translation>
    </message>
</context>
<context>
    <name>TagDialog</name>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Tags</translation>
    </message>
</context>
<context>
    <name>TagEditor</name>
    <message>
        <source>A keyword in the photo's file</source>
        <translation>Ein Stichwort in der Datei des Fotos</translation>
    </message>
    <message>
        <source>Add a tag</source>
        <translation>Tag hinzufügen</translation>
    </message>
</context>
<context>
    <name>ThumbnailsPage</name>
    <message>
        <source>4 GB is enough for about 70,000 photos; beyond it, the oldest are made anew.</source>
        <translation>4 GB reichen für etwa 70.000 Fotos; darüber hinaus werden die ältesten neu gemacht.</translation>
    </message>
    <message>
        <source>A number on every tile after a search; without it, it shows on hover.</source>
        <translation>Nach einer Suche eine Zahl auf jedem Bild; sonst nur unter dem Mauszeiger.</translation>
    </message>
    <message>
        <source>Being counted…</source>
        <translation>Wird gezählt…</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Clear thumbnails</source>
        <translation>Vorschaubilder leeren</translation>
    </message>
    <message>
        <source>Copies, versions that were saved again or edited a little, and the shots of a burst share a tile with their number.</source>
        <translation>Kopien, neu gespeicherte oder leicht bearbeitete Fassungen und die Aufnahmen einer Serie teilen sich ein Bild mit ihrer Anzahl.</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>In Gebrauch</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>Nichts</translation>
    </message>
    <message>
        <source>Photos that are alike</source>
        <translation>Ähnliche Aufnahmen</translation>
    </message>
    <message>
        <source>Room on the disk</source>
        <translation>Platz auf dem Datenträger</translation>
    </message>
    <message>
        <source>Show how well each photo matches</source>
        <translation>Zeigen, wie gut jedes Foto passt</translation>
    </message>
    <message>
        <source>Show them as one</source>
        <translation>Als eines zeigen</translation>
    </message>
    <message>
        <source>Thumbnails</source>
        <translation>Vorschaubilder</translation>
    </message>
    <message>
        <source>{count} GB</source>
        <translation>{count} GB</translation>
    </message>
    <message>
        <source>{size} now. After clearing, thumbnails are made again as you scroll; those of drives that are away come back with the drive.</source>
        <translation>Jetzt {size}. Nach dem Leeren entstehen Vorschaubilder beim Blättern neu; die von getrennten Laufwerken kommen mit dem Laufwerk zurück.</translation>
    </message>
</context>
<context>
    <name>Trashing</name>
    <message>
        <source>Move to Trash</source>
        <translation>In den Papierkorb</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
</context>
<context>
    <name>UndoHistory</name>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Redo {step}</source>
        <translation>Wiederholen: {step}</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Undo {step}</source>
        <translation>Rückgängig: {step}</translation>
    </message>
</context>
<context>
    <name>Value</name>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
</context>
<context>
    <name>Viewer</name>
    <message>
        <source>Back to the photos</source>
        <translation>Zurück zu den Fotos</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Compare with the next photo</source>
        <translation>Mit dem nächsten Foto vergleichen</translation>
    </message>
    <message>
        <source>End the Slideshow</source>
        <translation>Diaschau beenden</translation>
    </message>
    <message>
        <source>Favourite</source>
        <translation>Favorit</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Einpassen</translation>
    </message>
    <message>
        <source>Go to the first or last photo</source>
        <translation>Zum ersten oder letzten Foto</translation>
    </message>
    <message>
        <source>Go to the next photo</source>
        <translation>Zum nächsten Foto</translation>
    </message>
    <message>
        <source>Go to the photo before</source>
        <translation>Zum vorigen Foto</translation>
    </message>
    <message>
        <source>Paused slideshow</source>
        <translation>Diaschau angehalten</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>Foto</translation>
    </message>
    <message>
        <source>Remove from Favourites</source>
        <translation>Aus Favoriten entfernen</translation>
    </message>
    <message>
        <source>Rotate the view to the right or left</source>
        <translation>Die Ansicht nach rechts oder links drehen</translation>
    </message>
    <message>
        <source>Show all of the photo, 100 %, 200 %</source>
        <translation>Das ganze Foto, 100 %, 200 % zeigen</translation>
    </message>
    <message>
        <source>Show or hide the information</source>
        <translation>Informationen zeigen oder ausblenden</translation>
    </message>
    <message>
        <source>Slideshow</source>
        <translation>Diaschau</translation>
    </message>
    <message>
        <source>Viewer</source>
        <translation>Betrachter</translation>
    </message>
    <message>
        <source>Zoom in or out</source>
        <translation>Vergrößern oder verkleinern</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent} %</translation>
    </message>
    <message>
        <source>{row} of {total}</source>
        <translation>{row} von {total}</translation>
    </message>
</context>
<context>
    <name>ViewerParts</name>
    <message>
        <source>Full Screen</source>
        <translation>Vollbild</translation>
    </message>
    <message>
        <source>Leave Full Screen</source>
        <translation>Vollbild verlassen</translation>
    </message>
    <message>
        <source>Viewer</source>
        <translation>Betrachter</translation>
    </message>
</context>
<context>
    <name>Viewing</name>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Full Screen</source>
        <translation>Vollbild</translation>
    </message>
    <message>
        <source>Open with the System's Viewer</source>
        <translation>Im Programm des Systems öffnen</translation>
    </message>
    <message>
        <source>Quick Look</source>
        <translation>Schnellansicht</translation>
    </message>
    <message>
        <source>Slideshow</source>
        <translation>Diaschau</translation>
    </message>
</context>
<context>
    <name>ViewingPage</name>
    <message>
        <source>A click on a photo opens it in</source>
        <translation>Ein Klick auf ein Foto öffnet es in</translation>
    </message>
    <message>
        <source>F5 starts a slideshow of what was found; the arrow keys go on by hand.</source>
        <translation>F5 beginnt eine Diaschau der Treffer; die Pfeiltasten blättern von Hand.</translation>
    </message>
    <message>
        <source>In a slideshow, a photo stays for</source>
        <translation>In einer Diaschau bleibt ein Foto für</translation>
    </message>
    <message>
        <source>InPhotos</source>
        <translation>InPhotos</translation>
    </message>
    <message>
        <source>The system's program</source>
        <translation>Programm des Systems</translation>
    </message>
    <message>
        <source>The viewer of InPhotos leads on to the next photo found; the system's program may be able to edit. Ctrl+Enter always opens the system's.</source>
        <translation>Der Betrachter von InPhotos führt weiter zum nächsten Treffer; das Programm des Systems kann vielleicht bearbeiten. Strg+Eingabe öffnet immer das des Systems.</translation>
    </message>
    <message>
        <source>Viewing</source>
        <translation>Ansehen</translation>
    </message>
    <message>
        <source>{count} seconds</source>
        <translation>{count} Sekunden</translation>
    </message>
</context>
<context>
    <name>Visits</name>
    <message>
        <source>Add a folder with photos; then you see those that are like {names}.</source>
        <translation>Fügen Sie einen Ordner mit Fotos hinzu; dann sehen Sie die, die wie {names} sind.</translation>
    </message>
    <message>
        <source>Photos like this one are shown as soon as there is a model.</source>
        <translation>Fotos wie dieses werden gezeigt, sobald ein Modell da ist.</translation>
    </message>
</context>
<context>
    <name>WhyView</name>
    <message>
        <source>How it fits</source>
        <translation>Wie es passt</translation>
    </message>
    <message>
        <source>InPhotos has not looked at this photo yet.</source>
        <translation>InPhotos hat dieses Foto noch nicht angesehen.</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Nein</translation>
    </message>
    <message>
        <source>Why it matched</source>
        <translation>Warum es passt</translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation>und {count} weitere</translation>
    </message>
</context>
<context>
    <name>WindowParts</name>
    <message>
        <source>Index Only on Mains Power</source>
        <translation>Nur am Netzstrom einlesen</translation>
    </message>
</context>
<context>
    <name>ZoomSlider</name>
    <message>
        <source>Larger thumbnails</source>
        <translation>Größere Vorschaubilder</translation>
    </message>
    <message>
        <source>Size of the thumbnails</source>
        <translation>Größe der Vorschaubilder</translation>
    </message>
    <message>
        <source>Size of the thumbnails (Ctrl and the mouse wheel)</source>
        <translation>Größe der Vorschaubilder (Strg und Mausrad)</translation>
    </message>
    <message>
        <source>Smaller thumbnails</source>
        <translation>Kleinere Vorschaubilder</translation>
    </message>
</context>
<context>
    <name>_Field</name>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Clear (Esc)</source>
        <translation>Leeren (Esc)</translation>
    </message>
    <message>
        <source>Save this search</source>
        <translation>Diese Suche speichern</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suche</translation>
    </message>
</context>
<context>
    <name>_Panel</name>
    <message>
        <source>As Learned from Your Photos</source>
        <translation>Wie aus Ihren Fotos gelernt</translation>
    </message>
    <message>
        <source>How sure a match has to be</source>
        <translation>Wie sicher ein Treffer sein muss</translation>
    </message>
    <message>
        <source>More photos</source>
        <translation>Mehr Fotos</translation>
    </message>
    <message>
        <source>Surer matches</source>
        <translation>Sicherere Treffer</translation>
    </message>
</context>
<context>
    <name>ability</name>
    <message>
        <source>Built-in model: knows everyday things</source>
        <translation>Mitgeliefertes Modell: kennt Alltägliches</translation>
    </message>
    <message>
        <source>Demo model: knows drawn scenes only</source>
        <translation>Demomodell: kennt nur gezeichnete Szenen</translation>
    </message>
    <message>
        <source>{name} compares photos only</source>
        <translation>{name} vergleicht nur Fotos</translation>
    </message>
</context>
<context>
    <name>group_titles</name>
    <message>
        <source>A burst</source>
        <translation>Eine Serie</translation>
    </message>
    <message>
        <source>Closest anyway</source>
        <translation>Trotzdem am nächsten</translation>
    </message>
    <message>
        <source>Copies</source>
        <translation>Kopien</translation>
    </message>
    <message>
        <source>Matches</source>
        <translation>Treffer</translation>
    </message>
    <message>
        <source>Nearly the same</source>
        <translation>Fast gleich</translation>
    </message>
    <message>
        <source>No date</source>
        <translation>Ohne Datum</translation>
    </message>
    <message>
        <source>Others, the closest first</source>
        <translation>Andere, die nächsten zuerst</translation>
    </message>
    <message>
        <source>Possible matches</source>
        <translation>Mögliche Treffer</translation>
    </message>
    <message>
        <source>The same kind of picture</source>
        <translation>Die gleiche Art von Bild</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Unknown folder</source>
        <translation>Unbekannter Ordner</translation>
    </message>
    <message>
        <source>Unknown place</source>
        <translation>Unbekannter Ort</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Gestern</translation>
    </message>
</context>
<context>
    <name>library</name>
    <message>
        <source> ({0} is not read: it could run code)</source>
        <translation> ({0} wird nicht gelesen: es könnte Code ausführen)</translation>
    </message>
    <message>
        <source>A latitude is from -90 to 90, a longitude from -180 to 180, and a distance above 0, as in {0}.</source>
        <translation>Eine Breite geht von -90 bis 90, eine Länge von -180 bis 180, und eine Entfernung ist größer als 0, wie in {0}.</translation>
    </message>
    <message>
        <source>A part of a photo is given in percent of its width and height (left, top, width, height), as in {0}#{1}; a file that is called so is named by its address, with %23 for #.</source>
        <translation>Ein Ausschnitt eines Fotos wird in Prozent seiner Breite und Höhe angegeben (links, oben, Breite, Höhe), wie in {0}#{1}; eine Datei, die so heißt, wird mit ihrer Adresse genannt, mit %23 für #.</translation>
    </message>
    <message>
        <source>A query of shape {0} does not fit an index of {1}.</source>
        <translation>Eine Anfrage der Form {0} passt nicht zu einem Index aus {1}.</translation>
    </message>
    <message>
        <source>A rating is a number of stars from 0 to 5, as in {0}.</source>
        <translation>Eine Bewertung ist eine Zahl von 0 bis 5 Sternen, wie in {0}.</translation>
    </message>
    <message>
        <source>A score is a number from -1 to 1, as in {0}.</source>
        <translation>Ein Wert ist eine Zahl von -1 bis 1, wie in {0}.</translation>
    </message>
    <message>
        <source>A size is in megapixels or megabytes, as in {0} or size:&lt;500kb.</source>
        <translation>Eine Größe steht in Megapixeln oder Megabytes, wie in {0} oder size:&lt;500kb.</translation>
    </message>
    <message>
        <source>Another InPhotos is reading the library {0}; try again when it is done.</source>
        <translation>Ein anderes InPhotos liest die Bibliothek {0}; versuchen Sie es noch einmal, wenn es fertig ist.</translation>
    </message>
    <message>
        <source>Downloads are switched off by the environment variable HF_HUB_OFFLINE.</source>
        <translation>Downloads sind durch die Umgebungsvariable HF_HUB_OFFLINE abgeschaltet.</translation>
    </message>
    <message>
        <source>Models cannot be run by {0} on this machine; choose another runtime.</source>
        <translation>Modelle können auf diesem Computer nicht mit {0} laufen; wählen Sie etwas anderes.</translation>
    </message>
    <message>
        <source>No photo in the library {0} has been indexed with this model, and another InPhotos has the library open; close it and try again.</source>
        <translation>Kein Foto der Bibliothek {0} ist mit diesem Modell indexiert, und ein anderes InPhotos hat die Bibliothek geöffnet; schließen Sie es und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>OR chooses between two things to look for, or between two filters; here it is left out.</source>
        <translation>OR wählt zwischen zwei gesuchten Dingen oder zwischen zwei Filtern; hier wird es ausgelassen.</translation>
    </message>
    <message>
        <source>Photos cannot be copied to {0} ({1}); choose another folder.</source>
        <translation>Fotos lassen sich nicht nach {0} kopieren ({1}); wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <source>Photos cannot be decoded, because no process can be started for it ({0}); close other programs and try again.</source>
        <translation>Fotos lassen sich nicht lesen, weil dafür kein Prozess gestartet werden kann ({0}); schließen Sie andere Programme und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Stopped; everything finished so far is kept.</source>
        <translation>Angehalten; alles bisher Fertige bleibt.</translation>
    </message>
    <message>
        <source>Stopped; models run as before.</source>
        <translation>Angehalten; Modelle laufen wie zuvor.</translation>
    </message>
    <message>
        <source>Stopped; the library is being closed.</source>
        <translation>Angehalten; die Bibliothek wird geschlossen.</translation>
    </message>
    <message>
        <source>The XMP file of {0} was not written: {1}. The library has kept the change.</source>
        <translation>Die XMP-Datei von {0} wurde nicht geschrieben: {1}. Die Bibliothek hat die Änderung behalten.</translation>
    </message>
    <message>
        <source>The backup {0} cannot be read: {1}.</source>
        <translation>Die Sicherung {0} kann nicht gelesen werden: {1}.</translation>
    </message>
    <message>
        <source>The backup {0} cannot be written ({1}); choose another place for it.</source>
        <translation>Die Sicherung {0} kann nicht geschrieben werden ({1}); wählen Sie einen anderen Ort dafür.</translation>
    </message>
    <message>
        <source>The backup {0} is damaged; choose an older one ('inphotos backup' lists those there are).</source>
        <translation>Die Sicherung {0} ist beschädigt; wählen Sie eine ältere („inphotos backup“ listet die vorhandenen auf).</translation>
    </message>
    <message>
        <source>The backup {0} was written by a newer InPhotos; update InPhotos to restore it.</source>
        <translation>Die Sicherung {0} wurde von einem neueren InPhotos geschrieben; aktualisieren Sie InPhotos, um sie wiederherzustellen.</translation>
    </message>
    <message>
        <source>The bundled pictures cannot be read; install InPhotos again.</source>
        <translation>Die mitgelieferten Bilder sind nicht lesbar; installieren Sie InPhotos neu.</translation>
    </message>
    <message>
        <source>The configurations in {0} contradict each other: pictures are prepared as {1}x{2}, the model wants {3}x{4}.</source>
        <translation>Die Konfigurationen in {0} widersprechen sich: Bilder werden als {1}x{2} vorbereitet, das Modell will {3}x{4}.</translation>
    </message>
    <message>
        <source>The disk of the library {0} cannot keep two programs apart ({1}); choose a place on a disk of this computer with --library.</source>
        <translation>Der Datenträger der Bibliothek {0} kann zwei Programme nicht auseinanderhalten ({1}); wählen Sie mit --library einen Ort auf einem Datenträger dieses Computers.</translation>
    </message>
    <message>
        <source>The download has stopped; what has arrived is kept.</source>
        <translation>Der Download ist angehalten; was angekommen ist, bleibt.</translation>
    </message>
    <message>
        <source>The embeddings of the library cannot be read; start InPhotos again.</source>
        <translation>Die Einbettungen der Bibliothek können nicht gelesen werden; starten Sie InPhotos neu.</translation>
    </message>
    <message>
        <source>The folder {0} cannot be read ({1}).</source>
        <translation>Der Ordner {0} ist nicht lesbar ({1}).</translation>
    </message>
    <message>
        <source>The folder {0} is not in the library; 'inphotos status' lists those that are.</source>
        <translation>Der Ordner {0} ist nicht in der Bibliothek; „inphotos status“ nennt die vorhandenen.</translation>
    </message>
    <message>
        <source>The folder {0} may not be read; check its permissions and try again.</source>
        <translation>Der Ordner {0} darf nicht gelesen werden; prüfen Sie seine Rechte und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The library is closed; start InPhotos again.</source>
        <translation>Die Bibliothek ist geschlossen; starten Sie InPhotos neu.</translation>
    </message>
    <message>
        <source>The library {0} cannot be read ({1}); check its disk and its permissions, and try again.</source>
        <translation>Die Bibliothek {0} kann nicht gelesen werden ({1}); prüfen Sie den Datenträger und die Zugriffsrechte und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>The library {0} cannot be used any more, because its disk gave an error; start InPhotos again (everything finished so far is kept).</source>
        <translation>Die Bibliothek {0} kann nicht weiter benutzt werden, weil ihr Datenträger einen Fehler gemeldet hat; starten Sie InPhotos neu (alles bisher Fertige bleibt erhalten).</translation>
    </message>
    <message>
        <source>The library {0} cannot be used: {1}.</source>
        <translation>Die Bibliothek {0} ist nicht benutzbar: {1}.</translation>
    </message>
    <message>
        <source>The library {0} cannot be written ({1}); check its permissions or choose another one with --library.</source>
        <translation>Die Bibliothek {0} lässt sich nicht schreiben ({1}); prüfen Sie die Rechte oder wählen Sie mit --library eine andere.</translation>
    </message>
    <message>
        <source>The library {0} holds an embedding of a wrong length; index your folders into a new library.</source>
        <translation>Die Bibliothek {0} enthält eine Einbettung falscher Länge; lesen Sie Ihre Ordner in eine neue Bibliothek ein.</translation>
    </message>
    <message>
        <source>The library {0} is damaged; 'inphotos doctor --repair' mends it (your photos are not in it and are untouched).</source>
        <translation>Die Bibliothek {0} ist beschädigt; „inphotos doctor --repair“ repariert sie (Ihre Fotos sind nicht darin und bleiben unberührt).</translation>
    </message>
    <message>
        <source>The library {0} is no longer where it was (its drive is away, or it was moved or deleted); start InPhotos again once it is there.</source>
        <translation>Die Bibliothek {0} ist nicht mehr an ihrem Ort (ihr Laufwerk fehlt, oder sie wurde verschoben oder gelöscht); starten Sie InPhotos neu, sobald sie wieder da ist.</translation>
    </message>
    <message>
        <source>The library {0} was written by a newer InPhotos; update InPhotos to open it, or choose another one with --library.</source>
        <translation>Die Bibliothek {0} stammt von einem neueren InPhotos; aktualisieren Sie InPhotos oder wählen Sie mit --library eine andere.</translation>
    </message>
    <message>
        <source>The model cannot be copied to {0}: {1}.</source>
        <translation>Das Modell lässt sich nicht nach {0} kopieren: {1}.</translation>
    </message>
    <message>
        <source>The model cannot be stored in {0}: {1}; what has arrived is kept.</source>
        <translation>Das Modell lässt sich nicht in {0} ablegen: {1}; was angekommen ist, bleibt.</translation>
    </message>
    <message>
        <source>The model gave embeddings of shape {0} where {1} was expected; choose another model.</source>
        <translation>Das Modell lieferte Einbettungen der Form {0} statt {1}; wählen Sie ein anderes Modell.</translation>
    </message>
    <message>
        <source>The model {0} cannot be read ({1}); check its permissions.</source>
        <translation>Das Modell {0} ist nicht lesbar ({1}); prüfen Sie seine Rechte.</translation>
    </message>
    <message>
        <source>The model {0} cannot be removed: {1}; close other windows of InPhotos and try again.</source>
        <translation>Das Modell {0} lässt sich nicht entfernen: {1}; schließen Sie andere Fenster von InPhotos und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The model {0} compares photos only and does not understand words; search with a photo ('inphotos similar PHOTO') or choose a CLIP model.</source>
        <translation>Das Modell {0} vergleicht nur Fotos und versteht keine Wörter; suchen Sie mit einem Foto („inphotos similar FOTO“) oder wählen Sie ein CLIP-Modell.</translation>
    </message>
    <message>
        <source>The model {0} compares photos only, so “{1}” is left out; with a CLIP model words and photos are searched for together.</source>
        <translation>Das Modell {0} vergleicht nur Fotos, also bleibt „{1}“ außer Acht; mit einem CLIP-Modell wird nach Wörtern und Fotos zusammen gesucht.</translation>
    </message>
    <message>
        <source>The model {0} is already being downloaded.</source>
        <translation>Das Modell {0} wird schon heruntergeladen.</translation>
    </message>
    <message>
        <source>The model {0} is not on this machine yet; fetch it with 'inphotos models download {1}' or use '--model compact'.</source>
        <translation>Das Modell {0} ist noch nicht auf diesem Computer; holen Sie es mit „inphotos models download {1}“ oder nehmen Sie „--model compact“.</translation>
    </message>
    <message>
        <source>The model {0} is not part of this installation.</source>
        <translation>Das Modell {0} gehört nicht zu dieser Installation.</translation>
    </message>
    <message>
        <source>The model {0} is not prepared for {1} yet; run 'inphotos models tune {2} --runtime {3}' once.</source>
        <translation>Das Modell {0} ist für {1} noch nicht vorbereitet; führen Sie einmal 'inphotos models tune {2} --runtime {3}' aus.</translation>
    </message>
    <message>
        <source>The model {0} is part of InPhotos and cannot be removed.</source>
        <translation>Das Modell {0} ist Teil von InPhotos und lässt sich nicht entfernen.</translation>
    </message>
    <message>
        <source>The model {0} needs {1} MB more in {2}, where {3} MB are free.</source>
        <translation>Das Modell {0} braucht noch {1} MB in {2}, wo {3} MB frei sind.</translation>
    </message>
    <message>
        <source>The pattern is empty; type the name of what to leave out, such as old/ or *.png.</source>
        <translation>Das Muster ist leer; geben Sie den Namen dessen ein, was ausgelassen wird, etwa old/ oder *.png.</translation>
    </message>
    <message>
        <source>The pattern {0} is a full path; write it as seen from the folder, such as trips/2019.</source>
        <translation>Das Muster {0} ist ein voller Pfad; schreiben Sie es vom Ordner aus gesehen, etwa trips/2019.</translation>
    </message>
    <message>
        <source>The pattern {0} leads out of the folder; write it without '..', as seen from the folder.</source>
        <translation>Das Muster {0} führt aus dem Ordner hinaus; schreiben Sie es ohne „..“, vom Ordner aus gesehen.</translation>
    </message>
    <message>
        <source>The pattern {0} matches nothing; use names with * and ?, such as old/ or *.png.</source>
        <translation>Das Muster {0} passt auf nichts; verwenden Sie Namen mit * und ?, etwa old/ oder *.png.</translation>
    </message>
    <message>
        <source>The query is empty; describe the photo, for example: dog on a beach.</source>
        <translation>Die Anfrage ist leer; beschreiben Sie das Foto, zum Beispiel: dog on a beach.</translation>
    </message>
    <message>
        <source>The search needs a name.</source>
        <translation>Die Suche braucht einen Namen.</translation>
    </message>
    <message>
        <source>The system gave an error on {0} ({1}); check its disk and its permissions, and try again.</source>
        <translation>Das System meldet einen Fehler bei {0} ({1}); prüfen Sie den Datenträger und die Zugriffsrechte und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>The system lets InPhotos start no more threads; close other programs and try again.</source>
        <translation>Das System lässt InPhotos keine weiteren Threads starten; schließen Sie andere Programme und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>The tokenizer of the model {0} cannot be read.</source>
        <translation>Der Tokenizer des Modells {0} ist nicht lesbar.</translation>
    </message>
    <message>
        <source>The weights in {0} are split over several files, which InPhotos does not read; save them as one {1}.</source>
        <translation>Die Gewichte in {0} sind auf mehrere Dateien verteilt, was InPhotos nicht liest; speichern Sie sie als eine {1}.</translation>
    </message>
    <message>
        <source>The weights of the model {0} are incomplete: {1} parts are missing.</source>
        <translation>Die Gewichte des Modells {0} sind unvollständig: {1} Teile fehlen.</translation>
    </message>
    <message>
        <source>The weights of the model {0} cannot be loaded; they are damaged or do not fit its configuration.</source>
        <translation>Die Gewichte des Modells {0} lassen sich nicht laden; sie sind beschädigt oder passen nicht zur Konfiguration.</translation>
    </message>
    <message>
        <source>There is a saved search called “{0}” already; choose another name.</source>
        <translation>Eine gespeicherte Suche namens „{0}“ gibt es schon; wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>There is already a model {0}; remove it first or choose a name.</source>
        <translation>Ein Modell {0} gibt es schon; entfernen Sie es zuerst oder wählen Sie einen Namen.</translation>
    </message>
    <message>
        <source>There is no filter “{0}:”; did you mean “{1}:”?</source>
        <translation>Es gibt keinen Filter „{0}:“; meinten Sie „{1}:“?</translation>
    </message>
    <message>
        <source>There is no filter “{0}:”; in quotation marks it is searched for as words.</source>
        <translation>Es gibt keinen Filter „{0}:“; in Anführungszeichen wird nach den Wörtern gesucht.</translation>
    </message>
    <message>
        <source>There is no folder {0}; check the spelling.</source>
        <translation>Es gibt keinen Ordner {0}; prüfen Sie die Schreibweise.</translation>
    </message>
    <message>
        <source>There is no library in {0}; choose one with --library.</source>
        <translation>In {0} gibt es keine Bibliothek; wählen Sie eine mit --library.</translation>
    </message>
    <message>
        <source>There is no model {0}; {1}</source>
        <translation>Es gibt kein Modell {0}; {1}</translation>
    </message>
    <message>
        <source>There is no room for the photos in {0}: {1} MB are needed, and {2} MB are free there.</source>
        <translation>In {0} ist kein Platz für die Fotos: {1} MB werden gebraucht, {2} MB sind dort frei.</translation>
    </message>
    <message>
        <source>There is no room left in {0}; what has been copied so far is kept.</source>
        <translation>In {0} ist kein Platz mehr; was schon kopiert ist, bleibt.</translation>
    </message>
    <message>
        <source>There is no room left on the disk of the library {0}; free some space and try again (everything finished so far is kept).</source>
        <translation>Auf der Festplatte der Bibliothek {0} ist kein Platz mehr; schaffen Sie Platz und versuchen Sie es noch einmal (alles bisher Fertige bleibt).</translation>
    </message>
    <message>
        <source>There is no runtime {0}; there are {1}.</source>
        <translation>Eine Laufzeit {0} gibt es nicht; es gibt {1}.</translation>
    </message>
    <message>
        <source>There is no saved search called “{0}”; 'inphotos searches' lists those that there are.</source>
        <translation>Es gibt keine gespeicherte Suche namens „{0}“; „inphotos searches“ nennt die vorhandenen.</translation>
    </message>
    <message>
        <source>There is nothing to save: the query is empty.</source>
        <translation>Es gibt nichts zu speichern: Die Anfrage ist leer.</translation>
    </message>
    <message>
        <source>There is too little memory for this; close other programs and try again (everything finished so far is kept).</source>
        <translation>Dafür ist zu wenig Arbeitsspeicher frei; schließen Sie andere Programme und versuchen Sie es erneut (alles bisher Fertige bleibt erhalten).</translation>
    </message>
    <message>
        <source>Too many files are open on this machine; close other programs and try again.</source>
        <translation>Auf diesem Rechner sind zu viele Dateien geöffnet; schließen Sie andere Programme und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>What runs the model {0} quickest could not be measured ({1}); it runs as before.</source>
        <translation>Womit das Modell {0} am schnellsten läuft, konnte nicht gemessen werden ({1}); es läuft wie zuvor.</translation>
    </message>
    <message>
        <source>What {0} serves is no model: {1}</source>
        <translation>Was {0} liefert, ist kein Modell: {1}</translation>
    </message>
    <message>
        <source>a mean or deviation that is not a number</source>
        <translation>ein Mittelwert oder eine Abweichung, die keine Zahl ist</translation>
    </message>
    <message>
        <source>a redirection to an address that is not encrypted</source>
        <translation>einer Umleitung zu einer unverschlüsselten Adresse</translation>
    </message>
    <message>
        <source>a redirection to another server</source>
        <translation>einer Umleitung zu einem anderen Server</translation>
    </message>
    <message>
        <source>changes there are found every {0} minutes</source>
        <translation>Änderungen dort werden alle {0} Minuten gefunden</translation>
    </message>
    <message>
        <source>compressed files, which were not asked for</source>
        <translation>komprimierten Dateien, die nicht verlangt waren</translation>
    </message>
    <message>
        <source>decoding took longer than {0} seconds</source>
        <translation>das Lesen dauerte länger als {0} Sekunden</translation>
    </message>
    <message>
        <source>did you mean {0}?</source>
        <translation>meinten Sie {0}?</translation>
    </message>
    <message>
        <source>do_resize is false</source>
        <translation>do_resize ist false</translation>
    </message>
    <message>
        <source>has another size</source>
        <translation>hat eine andere Größe</translation>
    </message>
    <message>
        <source>has changed</source>
        <translation>hat sich geändert</translation>
    </message>
    <message>
        <source>is missing</source>
        <translation>fehlt</translation>
    </message>
    <message>
        <source>it claims {0} x {1} pixels, more than the {2} megapixels that are allowed</source>
        <translation>es behauptet {0} x {1} Pixel, mehr als die erlaubten {2} Megapixel</translation>
    </message>
    <message>
        <source>it has too many elements</source>
        <translation>sie hat zu viele Elemente</translation>
    </message>
    <message>
        <source>it holds no XMP</source>
        <translation>sie enthält kein XMP</translation>
    </message>
    <message>
        <source>it is not a file</source>
        <translation>es ist keine Datei</translation>
    </message>
    <message>
        <source>it is not a picture, whatever its name says</source>
        <translation>es ist kein Bild, was immer der Name sagt</translation>
    </message>
    <message>
        <source>it is not in the library</source>
        <translation>es ist nicht in der Bibliothek</translation>
    </message>
    <message>
        <source>it takes more memory than a photo may</source>
        <translation>es braucht mehr Speicher, als ein Foto darf</translation>
    </message>
    <message>
        <source>its decoder cannot be loaded ({0})</source>
        <translation>sein Decoder lässt sich nicht laden ({0})</translation>
    </message>
    <message>
        <source>its name makes no sense</source>
        <translation>sein Name ergibt keinen Sinn</translation>
    </message>
    <message>
        <source>its permissions forbid reading it</source>
        <translation>seine Rechte verbieten das Lesen</translation>
    </message>
    <message>
        <source>its process broke down</source>
        <translation>sein Prozess ist abgebrochen</translation>
    </message>
    <message>
        <source>known are {0}.</source>
        <translation>bekannt sind {0}.</translation>
    </message>
    <message>
        <source>not a JSON object</source>
        <translation>kein JSON-Objekt</translation>
    </message>
    <message>
        <source>not a number</source>
        <translation>keine Zahl</translation>
    </message>
    <message>
        <source>one redirection after the other</source>
        <translation>einer Umleitung nach der anderen</translation>
    </message>
    <message>
        <source>pictures of different shapes: shortest_edge without a centre crop</source>
        <translation>Bilder verschiedener Form: shortest_edge ohne Ausschnitt der Mitte</translation>
    </message>
    <message>
        <source>size with a longest_edge</source>
        <translation>Größe mit einer longest_edge</translation>
    </message>
    <message>
        <source>that is a folder</source>
        <translation>das ist ein Ordner</translation>
    </message>
    <message>
        <source>the RAW files of this camera cannot be read</source>
        <translation>die RAW-Dateien dieser Kamera sind nicht lesbar</translation>
    </message>
    <message>
        <source>the decoder failed on it ({0})</source>
        <translation>der Leser ist daran gescheitert ({0})</translation>
    </message>
    <message>
        <source>the disk gave an error ({0})</source>
        <translation>der Datenträger meldete einen Fehler ({0})</translation>
    </message>
    <message>
        <source>the file is cut off</source>
        <translation>die Datei ist abgeschnitten</translation>
    </message>
    <message>
        <source>the file is damaged</source>
        <translation>die Datei ist beschädigt</translation>
    </message>
    <message>
        <source>the file is damaged or of a rare kind</source>
        <translation>die Datei ist beschädigt oder von seltener Art</translation>
    </message>
    <message>
        <source>the file is empty</source>
        <translation>die Datei ist leer</translation>
    </message>
    <message>
        <source>the file is larger than 1 GiB</source>
        <translation>die Datei ist größer als 1 GiB</translation>
    </message>
    <message>
        <source>the file is not there</source>
        <translation>die Datei ist nicht da</translation>
    </message>
    <message>
        <source>the folder was moved, deleted or unmounted</source>
        <translation>der Ordner wurde verschoben, gelöscht oder ausgehängt</translation>
    </message>
    <message>
        <source>the header is damaged</source>
        <translation>der Kopf ist beschädigt</translation>
    </message>
    <message>
        <source>the package {0} is not installed</source>
        <translation>das Paket {0} ist nicht installiert</translation>
    </message>
    <message>
        <source>the sizes are out of bounds</source>
        <translation>die Größen liegen außerhalb der Grenzen</translation>
    </message>
    <message>
        <source>the system's watch has ended</source>
        <translation>die Beobachtung des Systems hat geendet</translation>
    </message>
    <message>
        <source>there are too few pictures to compare by</source>
        <translation>es gibt zu wenige Bilder zum Vergleichen</translation>
    </message>
    <message>
        <source>there is no such file</source>
        <translation>es gibt keine solche Datei</translation>
    </message>
    <message>
        <source>there is too little memory</source>
        <translation>es ist zu wenig Arbeitsspeicher da</translation>
    </message>
    <message>
        <source>there were more events than the system keeps</source>
        <translation>es gab mehr Ereignisse, als das System behält</translation>
    </message>
    <message>
        <source>too large for a configuration</source>
        <translation>zu groß für eine Konfiguration</translation>
    </message>
    <message>
        <source>{0} XMP files were not written. {1}</source>
        <translation>{0} XMP-Dateien wurden nicht geschrieben. {1}</translation>
    </message>
    <message>
        <source>{0} answers with something else than model files; check whether this network asks for a login, or fetch the files elsewhere and use 'inphotos models add PATH'.</source>
        <translation>{0} antwortet mit etwas anderem als Modelldateien; prüfen Sie, ob dieses Netz eine Anmeldung verlangt, oder holen Sie die Dateien anderswo und nehmen Sie „inphotos models add PFAD“.</translation>
    </message>
    <message>
        <source>{0} answers with {1}, so nothing more was fetched; fetch the files elsewhere and use 'inphotos models add PATH'.</source>
        <translation>{0} antwortet mit {1}, deshalb wurde nichts weiter geholt; holen Sie die Dateien anderswo und nehmen Sie „inphotos models add PFAD“.</translation>
    </message>
    <message>
        <source>{0} arrived with other content than {1} announced, so it was thrown away; try again.</source>
        <translation>{0} kam mit anderem Inhalt an, als {1} angekündigt hat, und wurde verworfen; versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>{0} asks for other weights to be added, which InPhotos does not do; save the model as one.</source>
        <translation>{0} verlangt, dass weitere Gewichte hinzugefügt werden, was InPhotos nicht tut; speichern Sie das Modell als eines.</translation>
    </message>
    <message>
        <source>{0} asks for picture preparation that InPhotos does not know ({1}).</source>
        <translation>{0} verlangt eine Bildvorbereitung, die InPhotos nicht kennt ({1}).</translation>
    </message>
    <message>
        <source>{0} cannot be a model's name: use up to 64 letters, digits, dots, dashes and underscores (and not {1}).</source>
        <translation>{0} kann kein Modellname sein: erlaubt sind bis zu 64 Buchstaben, Ziffern, Punkte, Binde- und Unterstriche (und nicht {1}).</translation>
    </message>
    <message>
        <source>{0} cannot be reached; check the connection and try again, or fetch the files elsewhere and use 'inphotos models add PATH'.</source>
        <translation>{0} ist nicht erreichbar; prüfen Sie die Verbindung und versuchen Sie es noch einmal, oder holen Sie die Dateien anderswo und nehmen Sie „inphotos models add PFAD“.</translation>
    </message>
    <message>
        <source>{0} cannot be read</source>
        <translation>{0} ist nicht lesbar</translation>
    </message>
    <message>
        <source>{0} cannot be read ({1}) and is left as it is; check its disk and its permissions, and start InPhotos again.</source>
        <translation>{0} kann nicht gelesen werden ({1}) und bleibt, wie es ist; prüfen Sie den Datenträger und die Zugriffsrechte und starten Sie InPhotos neu.</translation>
    </message>
    <message>
        <source>{0} cannot be read as a configuration.</source>
        <translation>{0} ist nicht als Konfiguration lesbar.</translation>
    </message>
    <message>
        <source>{0} cannot be read: {1}.</source>
        <translation>{0} ist nicht lesbar: {1}.</translation>
    </message>
    <message>
        <source>{0} cannot be watched ({1}), so {2}.</source>
        <translation>{0} lässt sich nicht beobachten ({1}); {2}.</translation>
    </message>
    <message>
        <source>{0} cannot serve {1} at the moment (HTTP status {2}); try again later.</source>
        <translation>{0} kann {1} gerade nicht liefern (HTTP-Status {2}); versuchen Sie es später noch einmal.</translation>
    </message>
    <message>
        <source>{0} could run code when it is read; InPhotos takes weights as {1} only.</source>
        <translation>{0} könnte beim Lesen Code ausführen; InPhotos nimmt Gewichte nur als {1}.</translation>
    </message>
    <message>
        <source>{0} describes a larger model than {1} holds.</source>
        <translation>{0} beschreibt ein größeres Modell, als {1} enthält.</translation>
    </message>
    <message>
        <source>{0} does not have {1} at revision {2} (HTTP status {3}); update InPhotos or choose another model.</source>
        <translation>{0} hat {1} nicht in der Fassung {2} (HTTP-Status {3}); aktualisieren Sie InPhotos oder wählen Sie ein anderes Modell.</translation>
    </message>
    <message>
        <source>{0} does not hold the model {1} ({2}, {3} numbers); choose another name for it.</source>
        <translation>{0} enthält nicht das Modell {1} ({2}, {3} Zahlen); wählen Sie einen anderen Namen dafür.</translation>
    </message>
    <message>
        <source>{0} does not say how long the embeddings are.</source>
        <translation>{0} sagt nicht, wie lang die Einbettungen sind.</translation>
    </message>
    <message>
        <source>{0} has a value for {1} that no such model has.</source>
        <translation>{0} hat für {1} einen Wert, den kein solches Modell hat.</translation>
    </message>
    <message>
        <source>{0} has more folders than this system lets programs watch, so {1}; raise the limit fs.inotify.max_user_watches to have them found at once.</source>
        <translation>{0} hat mehr Ordner, als Programme auf diesem System beobachten dürfen; {1}. Erhöhen Sie die Grenze fs.inotify.max_user_watches, damit sie gleich gefunden werden.</translation>
    </message>
    <message>
        <source>{0} has no weights that InPhotos reads; choose another model.</source>
        <translation>{0} hat keine Gewichte, die InPhotos liest; wählen Sie ein anderes Modell.</translation>
    </message>
    <message>
        <source>{0} has prompts that are not a list of texts with {{}} in each.</source>
        <translation>{0} hat Vorlagen, die keine Liste von Texten mit je einem {{}} sind.</translation>
    </message>
    <message>
        <source>{0} has the field {1}, which can make other code run; InPhotos does not use such a model.</source>
        <translation>{0} hat das Feld {1}, durch das anderer Code laufen kann; ein solches Modell verwendet InPhotos nicht.</translation>
    </message>
    <message>
        <source>{0} has thresholds that are not numbers.</source>
        <translation>{0} hat Schwellen, die keine Zahlen sind.</translation>
    </message>
    <message>
        <source>{0} holds a model of the kind {1}; InPhotos runs the kinds {2}.</source>
        <translation>{0} enthält ein Modell der Art {1}; InPhotos kann die Arten {2}.</translation>
    </message>
    <message>
        <source>{0} holds other files and no library; choose an empty or a new directory with --library.</source>
        <translation>{0} enthält andere Dateien und keine Bibliothek; wählen Sie mit --library ein leeres oder neues Verzeichnis.</translation>
    </message>
    <message>
        <source>{0} is damaged or cut off; remove the model and fetch it again.</source>
        <translation>{0} ist beschädigt oder abgeschnitten; entfernen Sie das Modell und holen Sie es neu.</translation>
    </message>
    <message>
        <source>{0} is larger than this computer's memory; choose a smaller model.</source>
        <translation>{0} ist größer als der Arbeitsspeicher dieses Computers; wählen Sie ein kleineres Modell.</translation>
    </message>
    <message>
        <source>{0} is missing.</source>
        <translation>{0} fehlt.</translation>
    </message>
    <message>
        <source>{0} is missing{1}.</source>
        <translation>{0} fehlt{1}.</translation>
    </message>
    <message>
        <source>{0} is no address that begins with https://; correct the environment variable HF_ENDPOINT.</source>
        <translation>{0} ist keine Adresse, die mit https:// beginnt; berichtigen Sie die Umgebungsvariable HF_ENDPOINT.</translation>
    </message>
    <message>
        <source>{0} is not a backup of InPhotos; 'inphotos backup' lists those there are.</source>
        <translation>{0} ist keine Sicherung von InPhotos; „inphotos backup“ listet die vorhandenen auf.</translation>
    </message>
    <message>
        <source>{0} is not a directory with a model.</source>
        <translation>{0} ist kein Verzeichnis mit einem Modell.</translation>
    </message>
    <message>
        <source>{0} is not a directory.</source>
        <translation>{0} ist kein Verzeichnis.</translation>
    </message>
    <message>
        <source>{0} is not a folder; choose the folder that holds your photos.</source>
        <translation>{0} ist kein Ordner; wählen Sie den Ordner mit Ihren Fotos.</translation>
    </message>
    <message>
        <source>{0} is not in the library; 'inphotos index FOLDER' takes in the photos of a folder.</source>
        <translation>{0} ist nicht in der Bibliothek; „inphotos index ORDNER“ nimmt die Fotos eines Ordners auf.</translation>
    </message>
    <message>
        <source>{0} is there already and is not a backup; choose another name.</source>
        <translation>{0} gibt es schon und ist keine Sicherung; wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>{0} is too large for what it should be.</source>
        <translation>{0} ist zu groß für das, was es sein soll.</translation>
    </message>
    <message>
        <source>{0} is where InPhotos keeps its own data; choose the folder that holds your photos.</source>
        <translation>In {0} hält InPhotos seine eigenen Daten; wählen Sie den Ordner mit Ihren Fotos.</translation>
    </message>
    <message>
        <source>{0} leads to a file of another kind</source>
        <translation>{0} führt zu einer Datei anderer Art</translation>
    </message>
    <message>
        <source>{0} lists no files.</source>
        <translation>{0} nennt keine Dateien.</translation>
    </message>
    <message>
        <source>{0} makes no sense, and is left as it is</source>
        <translation>{0} ergibt keinen Sinn und bleibt, wie es ist</translation>
    </message>
    <message>
        <source>{0} missing in {1}: without a tokenizer the model cannot read words.</source>
        <translation>{0} fehlt in {1}: Ohne Tokenizer kann das Modell keine Wörter lesen.</translation>
    </message>
    <message>
        <source>{0} sends too slowly, so the download has stopped; what has arrived is kept, try again later.</source>
        <translation>{0} sendet zu langsam, deshalb wurde der Download beendet; was angekommen ist, bleibt erhalten, versuchen Sie es später noch einmal.</translation>
    </message>
    <message>
        <source>{0} was written by a newer InPhotos and is left as it is; update InPhotos to change it.</source>
        <translation>{0} stammt von einem neueren InPhotos und bleibt, wie es ist; aktualisieren Sie InPhotos, um es zu ändern.</translation>
    </message>
    <message>
        <source>“is:” knows {0}; not “{1}”.</source>
        <translation>„is:“ kennt {0}; nicht „{1}“.</translation>
    </message>
    <message>
        <source>“like:” needs the path of a photo, as in {0}.</source>
        <translation>„like:“ braucht den Pfad eines Fotos, wie in {0}.</translation>
    </message>
    <message>
        <source>“near:” takes latitude, longitude and kilometres, as in {0}; “place:” takes the name of a place.</source>
        <translation>„near:“ nimmt Breite, Länge und Kilometer, wie in {0}; „place:“ nimmt den Namen eines Orts.</translation>
    </message>
    <message>
        <source>“{0}:=” needs a value right after, as in {1}.</source>
        <translation>„{0}:=“ braucht gleich danach einen Wert, wie in {1}.</translation>
    </message>
    <message>
        <source>“{0}:” needs a value right after the colon, as in {1}.</source>
        <translation>„{0}:“ braucht einen Wert gleich nach dem Doppelpunkt, wie in {1}.</translation>
    </message>
    <message>
        <source>“{0}:” takes a number, as in {1}; not “{2}”.</source>
        <translation>„{0}:“ nimmt eine Zahl, wie in {1}; nicht „{2}“.</translation>
    </message>
    <message>
        <source>“{0}” is not a date; write it as in {1}, {2}:2023-07-14 or {3}:"last summer".</source>
        <translation>„{0}“ ist kein Datum; schreiben Sie es wie in {1}, {2}:2023-07-14 oder {3}:"last summer".</translation>
    </message>
</context>
<context>
    <name>menus</name>
    <message>
        <source>&amp;Go</source>
        <translation>&amp;Gehe zu</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Library</source>
        <translation>&amp;Bibliothek</translation>
    </message>
    <message>
        <source>&amp;Photo</source>
        <translation>&amp;Foto</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>About InPhotos</source>
        <translation>Über InPhotos</translation>
    </message>
    <message>
        <source>Add Folder…</source>
        <translation>Ordner hinzufügen…</translation>
    </message>
    <message>
        <source>Alike Photos…</source>
        <translation>Ähnliche Aufnahmen…</translation>
    </message>
    <message>
        <source>All Photos</source>
        <translation>Alle Fotos</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Erscheinungsbild</translation>
    </message>
    <message>
        <source>Clear Selection</source>
        <translation>Auswahl aufheben</translation>
    </message>
    <message>
        <source>Clear the selection, or leave the search</source>
        <translation>Auswahl aufheben oder die Suche verlassen</translation>
    </message>
    <message>
        <source>Compact Library</source>
        <translation>Bibliothek verkleinern</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Folders…</source>
        <translation>Ordner…</translation>
    </message>
    <message>
        <source>Go to the search field</source>
        <translation>Zum Suchfeld</translation>
    </message>
    <message>
        <source>Group By</source>
        <translation>Gruppieren nach</translation>
    </message>
    <message>
        <source>Keyboard Shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Larger Thumbnails</source>
        <translation>Größere Vorschaubilder</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Like the System</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Look for New Photos</source>
        <translation>Nach neuen Fotos sehen</translation>
    </message>
    <message>
        <source>Photos That Could Not Be Read…</source>
        <translation>Nicht lesbare Fotos…</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Search with the Clipboard</source>
        <translation>Mit der Zwischenablage suchen</translation>
    </message>
    <message>
        <source>Select All</source>
        <translation>Alle auswählen</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Einstellungen…</translation>
    </message>
    <message>
        <source>Smaller Thumbnails</source>
        <translation>Kleinere Vorschaubilder</translation>
    </message>
    <message>
        <source>Sort By</source>
        <translation>Sortieren nach</translation>
    </message>
</context>
<context>
    <name>model_wording</name>
    <message>
        <source>Built in; knows everyday things. The full model knows far more.</source>
        <translation>Mitgeliefert; kennt Alltägliches. Das große Modell kennt weit mehr.</translation>
    </message>
    <message>
        <source>For the drawn pictures of the demo; finds nothing in photographs.</source>
        <translation>Für die gezeichneten Bilder der Demo; findet in Fotografien nichts.</translation>
    </message>
    <message>
        <source>Small and quick; finds similar photos but does not understand words.</source>
        <translation>Klein und schnell; findet ähnliche Fotos, versteht aber keine Wörter.</translation>
    </message>
    <message>
        <source>The original CLIP with finer patches: sees smaller things, about four times slower.</source>
        <translation>Das ursprüngliche CLIP mit feinerem Raster: sieht kleinere Dinge, etwa viermal langsamer.</translation>
    </message>
    <message>
        <source>The original CLIP; understands English descriptions.</source>
        <translation>Das ursprüngliche CLIP; versteht englische Beschreibungen.</translation>
    </message>
    <message>
        <source>Understands English descriptions; the best balance of speed and quality.</source>
        <translation>Versteht englische Beschreibungen; der beste Mittelweg aus Tempo und Güte.</translation>
    </message>
    <message>
        <source>Understands descriptions in many languages; about four times slower.</source>
        <translation>Versteht Beschreibungen in vielen Sprachen; etwa viermal langsamer.</translation>
    </message>
    <message>
        <source>licence: {name}</source>
        <translation>Lizenz: {name}</translation>
    </message>
</context>
<context>
    <name>numbers</name>
    <message>
        <source>{size} GB</source>
        <translation>{size} GB</translation>
    </message>
    <message>
        <source>{size} MB</source>
        <translation>{size} MB</translation>
    </message>
    <message>
        <source>{size} kB</source>
        <translation>{size} kB</translation>
    </message>
</context>
<context>
    <name>part_labels</name>
    <message>
        <source>before {date}</source>
        <translation>vor {date}</translation>
    </message>
    <message>
        <source>camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>city</source>
        <translation>Stadt</translation>
    </message>
    <message>
        <source>country</source>
        <translation>Land</translation>
    </message>
    <message>
        <source>d MMMM yyyy</source>
        <translation>d. MMMM yyyy</translation>
    </message>
    <message>
        <source>duplicate</source>
        <translation>Kopie</translation>
    </message>
    <message>
        <source>favourite</source>
        <translation>Favorit</translation>
    </message>
    <message>
        <source>folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>kind of file</source>
        <translation>Dateiart</translation>
    </message>
    <message>
        <source>landscape</source>
        <translation>Querformat</translation>
    </message>
    <message>
        <source>lens</source>
        <translation>Objektiv</translation>
    </message>
    <message>
        <source>like a part of {name}</source>
        <translation>wie ein Ausschnitt von {name}</translation>
    </message>
    <message>
        <source>like {name}</source>
        <translation>wie {name}</translation>
    </message>
    <message>
        <source>name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>not {label}</source>
        <translation>nicht {label}</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>offline</translation>
    </message>
    <message>
        <source>place</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>portrait</source>
        <translation>Hochformat</translation>
    </message>
    <message>
        <source>rating</source>
        <translation>Bewertung</translation>
    </message>
    <message>
        <source>score</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>screenshot</source>
        <translation>Bildschirmfoto</translation>
    </message>
    <message>
        <source>since {date}</source>
        <translation>seit {date}</translation>
    </message>
    <message>
        <source>size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>square</source>
        <translation>quadratisch</translation>
    </message>
    <message>
        <source>tag</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>undated</source>
        <translation>ohne Datum</translation>
    </message>
    <message>
        <source>within {km} km of {latitude}, {longitude}</source>
        <translation>höchstens {km} km von {latitude}; {longitude}</translation>
    </message>
    <message>
        <source>{number} MP</source>
        <translation>{number} MP</translation>
    </message>
</context>
<context>
    <name>photo_facts</name>
    <message>
        <source>1/{count} s</source>
        <translation>1/{count} s</translation>
    </message>
    <message>
        <source>E</source>
        <translation>O</translation>
    </message>
    <message>
        <source>ISO {iso}</source>
        <translation>ISO {iso}</translation>
    </message>
    <message>
        <source>It could not be read: {reason}.</source>
        <translation>Nicht lesbar: {reason}.</translation>
    </message>
    <message>
        <source>N</source>
        <translation>N</translation>
    </message>
    <message>
        <source>S</source>
        <translation>S</translation>
    </message>
    <message>
        <source>W</source>
        <translation>W</translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation>und {count} weitere</translation>
    </message>
    <message>
        <source>{count} megapixels</source>
        <translation>{count} Megapixel</translation>
    </message>
    <message>
        <source>{latitude}° {north}, {longitude}° {east}</source>
        <translation>{latitude}° {north}, {longitude}° {east}</translation>
    </message>
    <message>
        <source>{length} mm</source>
        <translation>{length} mm</translation>
    </message>
    <message>
        <source>{position}, {metres} m above the sea</source>
        <translation>{position}, {metres} m über dem Meer</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} s</translation>
    </message>
    <message>
        <source>{time} · from the name of the file</source>
        <translation>{time} · aus dem Dateinamen</translation>
    </message>
    <message>
        <source>{time} · when the file was last changed</source>
        <translation>{time} · letzte Änderung der Datei</translation>
    </message>
    <message>
        <source>{width} × {height} pixels</source>
        <translation>{width} × {height} Pixel</translation>
    </message>
</context>
<context>
    <name>reason_words</name>
    <message>
        <source>1 star</source>
        <translation>1 Stern</translation>
    </message>
    <message>
        <source>A similar kind of picture</source>
        <translation>Eine ähnliche Art von Bild</translation>
    </message>
    <message>
        <source>All together: {verdict}</source>
        <translation>Alles zusammen: {verdict}</translation>
    </message>
    <message>
        <source>Another kind of picture</source>
        <translation>Eine andere Art von Bild</translation>
    </message>
    <message>
        <source>Another kind of picture, as you want</source>
        <translation>Eine andere Art von Bild, wie gewünscht</translation>
    </message>
    <message>
        <source>Less like {name}</source>
        <translation>Weniger wie {name}</translation>
    </message>
    <message>
        <source>Like {name}</source>
        <translation>Wie {name}</translation>
    </message>
    <message>
        <source>More like {name}</source>
        <translation>Mehr wie {name}</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>Nicht bekannt</translation>
    </message>
    <message>
        <source>Not like {name}</source>
        <translation>Nicht wie {name}</translation>
    </message>
    <message>
        <source>Not seen here</source>
        <translation>Hier nicht zu sehen</translation>
    </message>
    <message>
        <source>Not “{words}”</source>
        <translation>Nicht „{words}“</translation>
    </message>
    <message>
        <source>Perhaps seen here</source>
        <translation>Hier vielleicht zu sehen</translation>
    </message>
    <message>
        <source>Possible match</source>
        <translation>Möglicher Treffer</translation>
    </message>
    <message>
        <source>Score {value}</source>
        <translation>Wert {value}</translation>
    </message>
    <message>
        <source>Seen here: counts against it</source>
        <translation>Hier zu sehen: spricht dagegen</translation>
    </message>
    <message>
        <source>Similarity {value}; strong from {strong}, possible from {maybe} on</source>
        <translation>Ähnlichkeit {value}; sicher ab {strong}, möglich ab {maybe}</translation>
    </message>
    <message>
        <source>Similarity {value}; the same kind of picture from {strong} on</source>
        <translation>Ähnlichkeit {value}; die gleiche Art von Bild ab {strong}</translation>
    </message>
    <message>
        <source>Strong match</source>
        <translation>Sicherer Treffer</translation>
    </message>
    <message>
        <source>Taken {day}</source>
        <translation>Aufgenommen: {day}</translation>
    </message>
    <message>
        <source>The same kind of picture</source>
        <translation>Die gleiche Art von Bild</translation>
    </message>
    <message>
        <source>The same kind of picture: counts against it</source>
        <translation>Die gleiche Art von Bild: spricht dagegen</translation>
    </message>
    <message>
        <source>This is the photo itself</source>
        <translation>Das ist das Foto selbst</translation>
    </message>
    <message>
        <source>Weak match</source>
        <translation>Schwacher Treffer</translation>
    </message>
    <message>
        <source>a part of {name}</source>
        <translation>ein Ausschnitt von {name}</translation>
    </message>
    <message>
        <source>{count} megapixels</source>
        <translation>{count} Megapixel</translation>
    </message>
    <message>
        <source>{count} stars</source>
        <translation>{count} Sterne</translation>
    </message>
    <message>
        <source>{value} km away</source>
        <translation>{value} km entfernt</translation>
    </message>
    <message>
        <source>{verdict}; the other one fits better</source>
        <translation>{verdict}; das andere passt besser</translation>
    </message>
    <message>
        <source>“{words}”</source>
        <translation>„{words}“</translation>
    </message>
</context>
<context>
    <name>reporting</name>
    <message>
        <source>Something went wrong inside InPhotos ({kind}). Your photos were not touched.</source>
        <translation>In InPhotos ist etwas schiefgegangen ({kind}). Ihre Fotos wurden nicht angerührt.</translation>
    </message>
</context>
<context>
    <name>runtime_wording</name>
    <message>
        <source>16 bits</source>
        <translation>16 Bit</translation>
    </message>
    <message>
        <source>16 bits (bfloat)</source>
        <translation>16 Bit (bfloat)</translation>
    </message>
    <message>
        <source>8 bits</source>
        <translation>8 Bit</translation>
    </message>
    <message>
        <source>Apple graphics</source>
        <translation>Apple-Grafik</translation>
    </message>
    <message>
        <source>Checked on {count} bundled pictures: {share} of the nearest photos stay the same.</source>
        <translation>Geprüft an {count} mitgelieferten Bildern: {share} der ähnlichsten Fotos bleiben dieselben.</translation>
    </message>
    <message>
        <source>Checked on {count} of your photos: {share} of the nearest photos stay the same.</source>
        <translation>Geprüft an {count} Ihrer Fotos: {share} der ähnlichsten Fotos bleiben dieselben.</translation>
    </message>
    <message>
        <source>In use: PyTorch.</source>
        <translation>In Gebrauch: PyTorch.</translation>
    </message>
    <message>
        <source>In use: {name}.</source>
        <translation>In Gebrauch: {name}.</translation>
    </message>
    <message>
        <source>NVIDIA graphics</source>
        <translation>NVIDIA-Grafik</translation>
    </message>
    <message>
        <source>What is quickest could not be measured ({reason}).</source>
        <translation>Was am schnellsten ist, konnte nicht gemessen werden ({reason}).</translation>
    </message>
    <message>
        <source>What is quickest has not been measured yet.</source>
        <translation>Was am schnellsten ist, wurde noch nicht gemessen.</translation>
    </message>
    <message>
        <source>What is quickest here is being measured.</source>
        <translation>Es wird gerade gemessen, was hier am schnellsten ist.</translation>
    </message>
    <message>
        <source>full precision</source>
        <translation>volle Genauigkeit</translation>
    </message>
    <message>
        <source>{engine}, {precision}</source>
        <translation>{engine}, {precision}</translation>
    </message>
    <message>
        <source>{number} %</source>
        <translation>{number} %</translation>
    </message>
    <message>
        <source>{times} times as quick as full precision.</source>
        <translation>{times}-mal so schnell wie mit voller Genauigkeit.</translation>
    </message>
</context>
<context>
    <name>wording</name>
    <message>
        <source> or </source>
        <translation> oder </translation>
    </message>
    <message>
        <source>1 group</source>
        <translation>1 Gruppe</translation>
    </message>
    <message>
        <source>1 match for “{text}”</source>
        <translation>1 Treffer für „{text}“</translation>
    </message>
    <message>
        <source>1 photo</source>
        <translation>1 Foto</translation>
    </message>
    <message>
        <source>1 photo has vanished from {names}. It is kept until you decide.</source>
        <translation>1 Foto ist aus {names} verschwunden. Es bleibt, bis Sie entscheiden.</translation>
    </message>
    <message>
        <source>1 photo is in the cloud only and was not opened.</source>
        <translation>1 Foto liegt nur in der Cloud und wurde nicht geöffnet.</translation>
    </message>
    <message>
        <source>1 photo matches {filters}</source>
        <translation>1 Foto passt zu {filters}</translation>
    </message>
    <message>
        <source>; {size} freed</source>
        <translation>; {size} frei geworden</translation>
    </message>
    <message>
        <source>Compacting the library…</source>
        <translation>Bibliothek wird verkleinert…</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Datum</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Learning to tell matches…</source>
        <translation>Treffer werden unterscheiden gelernt…</translation>
    </message>
    <message>
        <source>Less like {name}</source>
        <translation>Weniger wie {name}</translation>
    </message>
    <message>
        <source>Like {name}</source>
        <translation>Wie {name}</translation>
    </message>
    <message>
        <source>Loading the model…</source>
        <translation>Modell wird geladen…</translation>
    </message>
    <message>
        <source>Looking for photos…</source>
        <translation>Fotos werden gesucht…</translation>
    </message>
    <message>
        <source>Measuring…</source>
        <translation>Wird gemessen …</translation>
    </message>
    <message>
        <source>Missing: its file has vanished from {folder}</source>
        <translation>Vermisst: Die Datei ist aus {folder} verschwunden</translation>
    </message>
    <message>
        <source>More like {name}</source>
        <translation>Mehr wie {name}</translation>
    </message>
    <message>
        <source>More than {count} matches for “{text}”</source>
        <translation>Mehr als {count} Treffer für „{text}“</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>No photo matches {filters}</source>
        <translation>Kein Foto passt zu {filters}</translation>
    </message>
    <message>
        <source>No photos are alike</source>
        <translation>Keine ähnlichen Aufnahmen</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>Nothing found for “{text}”</source>
        <translation>Nichts gefunden für „{text}“</translation>
    </message>
    <message>
        <source>Nothing matches “{text}”</source>
        <translation>Nichts passt zu „{text}“</translation>
    </message>
    <message>
        <source>Offline: its drive or network is not connected</source>
        <translation>Offline: Laufwerk oder Netz ist nicht verbunden</translation>
    </message>
    <message>
        <source>Photos similar to {photos}</source>
        <translation>Fotos ähnlich wie {photos}</translation>
    </message>
    <message>
        <source>Photos similar to “{name}”</source>
        <translation>Fotos ähnlich wie „{name}“</translation>
    </message>
    <message>
        <source>Photos that are not like “{names}”</source>
        <translation>Fotos, die nicht wie „{names}“ sind</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>Preparing the next model: {done} of {total}</source>
        <translation>Nächstes Modell wird vorbereitet: {done} von {total}</translation>
    </message>
    <message>
        <source>Reading photos: {done} of {total}</source>
        <translation>Fotos lesen: {done} von {total}</translation>
    </message>
    <message>
        <source>Relevance</source>
        <translation>Relevanz</translation>
    </message>
    <message>
        <source>Removed thumbnails that no photo needs{freed}.</source>
        <translation>Vorschaubilder entfernt, die kein Foto braucht{freed}.</translation>
    </message>
    <message>
        <source>Removed what 1 deleted photo left behind</source>
        <translation>Entfernt, was 1 gelöschtes Foto hinterlassen hat</translation>
    </message>
    <message>
        <source>Removed what {count} deleted photos left behind</source>
        <translation>Entfernt, was {count} gelöschte Fotos hinterlassen haben</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>There was nothing to remove: the library is as small as it can be.</source>
        <translation>Es gab nichts zu entfernen: Die Bibliothek ist so klein wie möglich.</translation>
    </message>
    <message>
        <source>a part of {name}</source>
        <translation>ein Ausschnitt von {name}</translation>
    </message>
    <message>
        <source>about a minute left</source>
        <translation>noch etwa eine Minute</translation>
    </message>
    <message>
        <source>about an hour left</source>
        <translation>noch etwa eine Stunde</translation>
    </message>
    <message>
        <source>about {count} hours left</source>
        <translation>noch etwa {count} Stunden</translation>
    </message>
    <message>
        <source>about {count} minutes left</source>
        <translation>noch etwa {count} Minuten</translation>
    </message>
    <message>
        <source>by date</source>
        <translation>nach Datum</translation>
    </message>
    <message>
        <source>by folder</source>
        <translation>nach Ordner</translation>
    </message>
    <message>
        <source>by name</source>
        <translation>nach Name</translation>
    </message>
    <message>
        <source>by relevance</source>
        <translation>nach Relevanz</translation>
    </message>
    <message>
        <source>by size</source>
        <translation>nach Größe</translation>
    </message>
    <message>
        <source>largest first</source>
        <translation>größte zuerst</translation>
    </message>
    <message>
        <source>less than a minute left</source>
        <translation>noch weniger als eine Minute</translation>
    </message>
    <message>
        <source>newest first</source>
        <translation>neueste zuerst</translation>
    </message>
    <message>
        <source>pasted photo</source>
        <translation>eingefügtes Foto</translation>
    </message>
    <message>
        <source>{count} could not be read</source>
        <translation>{count} nicht lesbar</translation>
    </message>
    <message>
        <source>{count} groups</source>
        <translation>{count} Gruppen</translation>
    </message>
    <message>
        <source>{count} matches for “{text}”</source>
        <translation>{count} Treffer für „{text}“</translation>
    </message>
    <message>
        <source>{count} moved</source>
        <translation>{count} verschoben</translation>
    </message>
    <message>
        <source>{count} new</source>
        <translation>{count} neu</translation>
    </message>
    <message>
        <source>{count} photos</source>
        <translation>{count} Fotos</translation>
    </message>
    <message>
        <source>{count} removed</source>
        <translation>{count} entfernt</translation>
    </message>
    <message>
        <source>{count} updated</source>
        <translation>{count} aktualisiert</translation>
    </message>
    <message>
        <source>{count}+</source>
        <translation>{count}+</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} von {total}</translation>
    </message>
    <message>
        <source>{heading}, {order}</source>
        <translation>{heading}, {order}</translation>
    </message>
    <message>
        <source>{names} and {count} others</source>
        <translation>{names} und {count} weitere</translation>
    </message>
    <message>
        <source>{names} and {last}</source>
        <translation>{names} und {last}</translation>
    </message>
    <message>
        <source>{name} cannot be shown: {reason}.</source>
        <translation>{name} lässt sich nicht zeigen: {reason}.</translation>
    </message>
    <message>
        <source>{name} has vanished from {folder}: put it back there, or remove it from the library.</source>
        <translation>{name} ist aus {folder} verschwunden: Legen Sie es dorthin zurück oder entfernen Sie es aus der Bibliothek.</translation>
    </message>
    <message>
        <source>{name} is not there any more, or its drive is away; it was in {folder}.</source>
        <translation>{name} ist nicht mehr da, oder das Laufwerk ist nicht verbunden; es war in {folder}.</translation>
    </message>
    <message>
        <source>{name} is offline: connect the drive or network with {folder}, and it can be opened.</source>
        <translation>{name} ist offline: Verbinden Sie das Laufwerk oder Netz mit {folder}, dann lässt es sich öffnen.</translation>
    </message>
    <message>
        <source>{photos} are in the cloud only and were not opened.</source>
        <translation>{photos} liegen nur in der Cloud und wurden nicht geöffnet.</translation>
    </message>
    <message>
        <source>{photos} could not be read</source>
        <translation>{photos} nicht lesbar</translation>
    </message>
    <message>
        <source>{photos} found</source>
        <translation>{photos} gefunden</translation>
    </message>
    <message>
        <source>{photos} have vanished from {names}. They are kept until you decide.</source>
        <translation>{photos} sind aus {names} verschwunden. Sie bleiben, bis Sie entscheiden.</translation>
    </message>
    <message>
        <source>{photos} match {filters}</source>
        <translation>{photos} passen zu {filters}</translation>
    </message>
    <message>
        <source>{photos} that are alike</source>
        <translation>{photos}, die sich gleichen</translation>
    </message>
    <message>
        <source>{photos}, {order}</source>
        <translation>{photos}, {order}</translation>
    </message>
    <message>
        <source>{rate} photos/s</source>
        <translation>{rate} Fotos/s</translation>
    </message>
    <message>
        <source>{size}/s</source>
        <translation>{size}/s</translation>
    </message>
</context>
<context>
    <name>words</name>
    <message>
        <source>1 photo that is alike is still there.</source>
        <translation>1 ähnliche Aufnahme ist noch da.</translation>
    </message>
    <message>
        <source>1 photo was copied to {folder}</source>
        <translation>1 Foto nach {folder} kopiert</translation>
    </message>
    <message>
        <source>1 photo was in {folder} already</source>
        <translation>1 Foto war schon in {folder}</translation>
    </message>
    <message>
        <source>1 was there already</source>
        <translation>1 war schon da</translation>
    </message>
    <message>
        <source>Copying {photos} to {folder}</source>
        <translation>{photos} nach {folder} kopieren</translation>
    </message>
    <message>
        <source>Nothing was copied to {folder}.</source>
        <translation>Nichts wurde nach {folder} kopiert.</translation>
    </message>
    <message>
        <source>Stopped: {report}</source>
        <translation>Angehalten: {report}</translation>
    </message>
    <message>
        <source>it is not in the trash any more</source>
        <translation>nicht mehr im Papierkorb</translation>
    </message>
    <message>
        <source>the file is not there any more, or its drive is away</source>
        <translation>die Datei ist nicht mehr da, oder ihr Laufwerk fehlt</translation>
    </message>
    <message>
        <source>the folder {folder} may not be changed</source>
        <translation>der Ordner {folder} darf nicht geändert werden</translation>
    </message>
    <message>
        <source>the folder {folder} takes no files now; it is still in the trash</source>
        <translation>der Ordner {folder} nimmt keine Dateien an; es ist noch im Papierkorb</translation>
    </message>
    <message>
        <source>the trash cannot take a file with such a name</source>
        <translation>der Papierkorb nimmt keine Datei mit so einem Namen</translation>
    </message>
    <message>
        <source>there is no trash on its drive</source>
        <translation>auf dem Laufwerk gibt es keinen Papierkorb</translation>
    </message>
    <message>
        <source>{count} could not be copied</source>
        <translation>{count} nicht kopiert</translation>
    </message>
    <message>
        <source>{count} were there already</source>
        <translation>{count} waren schon da</translation>
    </message>
    <message>
        <source>{name} could not be moved to the trash: {reason}.</source>
        <translation>{name} konnte nicht in den Papierkorb: {reason}.</translation>
    </message>
    <message>
        <source>{name} could not be put back: {reason}.</source>
        <translation>{name} konnte nicht zurückgelegt werden: {reason}.</translation>
    </message>
    <message>
        <source>{name} is back</source>
        <translation>{name} ist zurück</translation>
    </message>
    <message>
        <source>{name} was left where it is: {reason}.</source>
        <translation>{name} bleibt, wo es ist: {reason}.</translation>
    </message>
    <message>
        <source>{name} was moved to the trash.</source>
        <translation>{name} liegt jetzt im Papierkorb.</translation>
    </message>
    <message>
        <source>{photos} are back</source>
        <translation>{photos} sind zurück</translation>
    </message>
    <message>
        <source>{photos} are still there.</source>
        <translation>{photos} sind noch da.</translation>
    </message>
    <message>
        <source>{photos} could not be copied</source>
        <translation>{photos} nicht kopiert</translation>
    </message>
    <message>
        <source>{photos} could not be put back, {name} for one: {reason}.</source>
        <translation>{photos} konnten nicht zurückgelegt werden, etwa {name}: {reason}.</translation>
    </message>
    <message>
        <source>{photos} were copied to {folder}</source>
        <translation>{photos} nach {folder} kopiert</translation>
    </message>
    <message>
        <source>{photos} were in {folder} already</source>
        <translation>{photos} waren schon in {folder}</translation>
    </message>
    <message>
        <source>{photos} were left where they are, {name} for one: {reason}.</source>
        <translation>{photos} bleiben, wo sie sind, etwa {name}: {reason}.</translation>
    </message>
    <message>
        <source>{photos} were moved to the trash.</source>
        <translation>{photos} liegen jetzt im Papierkorb.</translation>
    </message>
</context>
</TS>
